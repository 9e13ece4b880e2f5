import { html, type Markup } from './draw/html.ts';

const ENTRIES: readonly (readonly [look: string, shape: 'mark' | 'band', says: string])[] = [
  ['p-yearly', 'mark', 'yearly'],
  ['p-monthly', 'mark', 'monthly'],
  ['p-weekly', 'mark', 'weekly'],
  ['p-daily', 'mark', 'daily'],
  ['p-recent', 'mark', 'newest, or hourly'],
  ['p-old', 'mark', 'about to expire, or of an earlier table'],
  ['copy', 'mark', 'copy in another vault, Region or account'],
  ['missing', 'mark', 'missing: the rules would keep it'],
  ['pitr', 'band', 'any second, by point-in-time recovery'],
  ['withheld', 'band', 'point-in-time recovery of which nothing can be restored now'],
  ['owed', 'band', 'promised, and not there'],
  ['late', 'band', 'overdue'],
];

/** Writes what the marks of the bars mean. */
export const legendSection = (): Markup =>
  html`<ul class="legend" aria-label="What the bars show">${ENTRIES.map(
    ([look, shape, says]) =>
      html`<li><svg width="18" height="14" aria-hidden="true" class="bar">${
        shape === 'mark'
          ? html`<path class="${look}" d="M9 1V13"/>`
          : html`<rect class="${look}" x="1" y="4" width="16" height="7"/>`
      }</svg> ${says}</li>`,
  )}</ul>`;
