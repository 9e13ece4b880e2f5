import { html, type Markup } from './html.ts';

/** One line of a chart: a value for each step from left to right. */
export interface Line {
  readonly name: string;
  readonly values: readonly number[];
}

/** What a chart is about, and how its values read. */
export interface Chart {
  readonly title: string;
  readonly lines: readonly Line[];
  /** What stands under the left and the right end. */
  readonly ends: readonly [string, string];
  readonly valueText: (value: number) => string;
}

const WIDTH = 1_000;
const HEIGHT = 200;

/** A step for each day of many years would be more than a screen shows. */
const MOST_STEPS = 500;

const thinned = (values: readonly number[]): readonly number[] => {
  const step = Math.max(1, Math.ceil(values.length / MOST_STEPS));
  return values.filter((_, at) => at % step === 0 || at === values.length - 1);
};

const pathOf = (values: readonly number[], most: number): string =>
  thinned(values)
    .map((value, at, all) => {
      const x = Math.round((WIDTH * at) / Math.max(1, all.length - 1));
      const y = Math.round(HEIGHT - (HEIGHT * value) / most);
      return `${at === 0 ? 'M' : 'L'}${x} ${y}`;
    })
    .join('');

const legendOf = ({ lines, valueText }: Chart): readonly Markup[] =>
  lines.map(
    ({ name, values }, at) =>
      html`<li class="line-${at}">${name}: ${valueText(values.at(-1) ?? 0)} at the end, ${valueText(Math.max(0, ...values))} at the most</li>`,
  );

/** Draws lines over time, each with a legend that says its values in words. */
export const lineChart = (chart: Chart): Markup => {
  const { ends, lines, title, valueText } = chart;
  const most = Math.max(1e-9, ...lines.flatMap(({ values }) => values));
  return html`<figure><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${title}, from ${ends[0]} to ${ends[1]}; the top is ${valueText(most)}">${lines.map(
    ({ values }, at) => html`<path class="line-${at}" d="${pathOf(values, most)}"/>`,
  )}</svg>
<p class="ends"><span>${ends[0]}</span><span>${ends[1]}</span></p>
<ul>${legendOf(chart)}</ul></figure>`;
};
