import type { Instant } from '../../../model/instant.ts';
import { type Calendar, WIDTH } from './calendar.ts';
import { html, type Markup } from './html.ts';

/** A stripe of a drawing, in its units from the top. */
export interface Stripe {
  readonly top: number;
  readonly bottom: number;
}

/** Draws a mark for each moment as one path; moments in one place are one mark. Nothing without any. */
export const marks = (
  calendar: Calendar,
  times: readonly Instant[],
  { top, bottom }: Stripe,
  look: string,
): Markup | undefined => {
  const places = [...new Set(times.map((at) => calendar.x(at)))];
  if (places.length === 0) return undefined;
  return html`<path class="${look}" d="${places.map((x) => `M${x} ${top}V${bottom}`).join('')}"/>`;
};

/** Draws a span of time; one that is too short to be seen is a sliver. */
export const span = (
  calendar: Calendar,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  { top, bottom }: Stripe,
  look: string,
): Markup => {
  const [start, end] = [calendar.x(from), calendar.x(to)];
  const width = Math.max(1.5, Math.round((end - start) * 10) / 10);
  return html`<rect class="${look}" x="${Math.min(start, 998.5)}" y="${top}" width="${width}" height="${bottom - top}"/>`;
};

/** What a letter of a label needs, on the narrowest drawing that a page has beside others: 6 of 270 pixels. */
const LETTER_ROOM = 22;

const roomOf = (label: string): number => (label.length + 1) * LETTER_ROOM;

/** The moments that get a label: the newest one for which there is room, and before it as many as there is room for. */
const labelled = (ticks: Calendar['ticks']): ReadonlySet<Calendar['ticks'][number]> => {
  const chosen = new Set<Calendar['ticks'][number]>();
  let next = WIDTH;
  for (const tick of ticks.toReversed())
    if (next - tick.x >= roomOf(tick.label)) {
      chosen.add(tick);
      next = tick.x;
    }
  return chosen;
};

/** Draws the axis: labels keep their shape however wide it is, because their places are shares of the width. */
export const axis = ({ ticks, bend }: Calendar): Markup => {
  const withText = labelled(ticks);
  return html`<svg class="axis" aria-hidden="true" height="18">${
    bend !== undefined && html`<rect class="older" x="0" y="0" width="${bend / 10}%" height="18"/>`
  }${ticks.map(
    (tick) =>
      html`<line x1="${tick.x / 10}%" x2="${tick.x / 10}%" y1="12" y2="18"/>${
        withText.has(tick) && html`<text x="${tick.x / 10}%" dx="2" y="11">${tick.label}</text>`
      }`,
  )}</svg>`;
};
