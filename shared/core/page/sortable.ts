import { html, type Markup } from './draw/html.ts';

/** Writes the head of a column by which a table can be sorted. */
export const heading = (text: string, kind: 'text' | 'number', { isSorted = false } = {}): Markup =>
  html`<th scope="col" data-sort="${kind}"${isSorted && html` aria-sort="ascending"`}><button type="button">${text}</button></th>`;

/** What a table can be filtered by besides words. */
export interface Filters {
  /** What its rows are. */
  readonly of: string;
  readonly states: readonly { readonly value: string; readonly text: string }[];
  readonly policies: readonly string[];
  /** Whether everything can be opened at once. */
  readonly opens: boolean;
}

const choice = (
  of: string,
  name: string,
  options: readonly { readonly value: string; readonly text: string }[],
): Markup | false =>
  options.length > 1 &&
  html`<label>${name} <select data-f="${name === 'Policy' ? 'p' : 's'}" aria-controls="${of}-table"><option value="">all</option>${options.map(
    ({ value, text }) => html`<option value="${value}">${text}</option>`,
  )}</select></label>`;

/** Writes the controls above a table; a page without scripts shows none of them. */
export const filterBar = ({ of, states, policies, opens }: Filters): Markup =>
  html`<div class="controls" role="group" aria-label="Filter ${of}" data-for="${of}-table"><label>Filter <input type="search" data-f="q" aria-controls="${of}-table" autocomplete="off" spellcheck="false"></label>${choice(of, 'State', states)}${choice(
    of,
    'Policy',
    policies.map((value) => ({ value, text: value })),
  )}${opens && html`<button type="button" data-f="open" aria-pressed="false">Open all</button>`}<span role="status" data-f="count"></span></div>`;
