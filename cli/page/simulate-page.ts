import { amountText, usdText } from '../../shared/core/money/amount.ts';
import { totalOf } from '../../shared/core/money/bill.ts';
import { dayText } from '../../shared/core/money/months.ts';
import { lineChart } from '../../shared/core/page/draw/chart.ts';
import { html, Markup } from '../../shared/core/page/draw/html.ts';
import { comparedReach } from '../../shared/core/simulate/reach.ts';
import type { Simulation } from '../../shared/core/simulate/simulate.ts';
import { bytesText } from '../../shared/core/text/bytes.ts';
import { type Edit, editTexts } from '../view/edit-text.ts';
import {
  bandText,
  type Comparison,
  lossText,
  monthLabel,
  type SimulateView,
  scopeText,
} from '../view/simulate-text.ts';

const STYLE = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.2rem .8rem;text-align:right;border-bottom:1px solid #8884}
th:first-child,td:first-child{text-align:left}svg{width:100%;height:12rem;border:1px solid #8884;border-width:0 0 1px 1px}
path{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}path.line-0{stroke:#2563eb}path.line-1{stroke:#d97706}
li.line-0{color:#2563eb}li.line-1{color:#d97706}figcaption{font-weight:600}.ends{display:flex;justify-content:space-between;margin:0}
figure{margin:1.5rem 0}@media (prefers-color-scheme:dark){path.line-0{stroke:#7aa2ff}li.line-0{color:#7aa2ff}path.line-1{stroke:#fbbf24}li.line-1{color:#fbbf24}}`;

interface Shown {
  readonly file: string;
  readonly simulation: Simulation;
}

const shownIn = ({ simulations }: Comparison): readonly Shown[] =>
  simulations.flatMap(({ file, simulation }) => (simulation === undefined ? [] : [{ file, simulation }]));

const chartsOf = (shown: readonly Shown[]): readonly Markup[] => {
  const [first] = shown;
  if (first === undefined) return [];
  const ends = [dayText(first.simulation.from), dayText(first.simulation.to)] as const;
  const linesOf = (measure: (day: Simulation['days'][number]) => number) =>
    shown.map(({ file, simulation }) => ({ name: file, values: simulation.days.map(measure) }));
  return [
    lineChart({
      ...{ title: 'Cost a month, of what is there on each day', ends, valueText: usdText },
      lines: linesOf(({ monthly }) => totalOf(monthly).usd),
    }),
    lineChart({
      ...{ title: 'Stored', ends, valueText: bytesText },
      lines: linesOf(({ bytes }) => bytes),
    }),
    lineChart({
      ...{ title: 'Recovery points and copies', ends, valueText: String },
      lines: linesOf(({ copies, points }) => points + copies),
    }),
  ];
};

const headOf = (what: string, names: readonly string[]): Markup =>
  html`<thead><tr><th scope="col">${what}</th>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>`;

const reachTable = (shown: readonly Shown[]): Markup =>
  html`<table>${headOf(
    'Lost that long ago, at most',
    shown.map(({ file }) => file),
  )}<tbody>${comparedReach(shown.map(({ simulation }) => simulation.reach)).map(
    (band) =>
      html`<tr><th scope="row">${bandText(band)}</th>${band.losses.map(
        (loss) => html`<td>${loss === undefined ? '-' : lossText(loss)}</td>`,
      )}</tr>`,
  )}</tbody></table>`;

const monthTable = (shown: readonly Shown[]): Markup => {
  const first = shown[0]?.simulation;
  const months = first?.months ?? [];
  const cells = ({ simulation }: Shown, at: number): Markup => {
    const month = simulation.months[at];
    return month === undefined
      ? html`<td>-</td><td>-</td>`
      : html`<td>${amountText(totalOf(month.bill))}</td><td>${amountText(month.onTheFirst)}</td>`;
  };
  return html`<table>${headOf(
    'Month',
    shown.flatMap(({ file }) => [`${file}: bill`, 'on the 1st']),
  )}<tbody>${months.map(
    (month, at) =>
      html`<tr><th scope="row">${first === undefined ? '' : monthLabel(month, first)}</th>${shown.map((one) => cells(one, at))}</tr>`,
  )}</tbody></table>`;
};

const sectionOf = (comparison: Comparison): Markup => {
  const shown = shownIn(comparison);
  const absent = comparison.simulations.filter(({ simulation }) => simulation === undefined);
  return html`<section><h2>${comparison.tag}</h2>${absent.map(
    ({ file }) => html`<p>${file} has no such policy.</p>`,
  )}${chartsOf(shown)}${reachTable(shown)}${monthTable(shown)}</section>
`;
};

const editSection = (edit: Edit | undefined): Markup | string => {
  if (edit === undefined) return '';
  const [heading, texts] = editTexts(edit);
  return html`<p>${heading}</p>${texts.length === 0 ? '' : html`<ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>`}
`;
};

const UNESCAPED_STYLE = new Markup(STYLE);

/** Writes simulations as a page: one file without a script, which loads nothing. */
export const simulatePage = (view: SimulateView): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Tablekeeper: what policies keep and cost</title><style>${UNESCAPED_STYLE}</style></head>
<body><h1>What policies keep and cost</h1><p>${scopeText(view)}</p>
${editSection(view.edit)}${view.comparisons.map(sectionOf)}</body></html>
`.text;
