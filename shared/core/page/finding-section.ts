import { stepsOf } from '../../model/advice.ts';
import { bySeverity, type Finding, SEVERITIES } from '../../model/finding.ts';
import { commandText, isShown, NOT_SHOWN } from '../../model/shell.ts';
import { headlineOf } from '../findings/headline.ts';
import { beganText } from '../text/time.ts';
import { wholeAdvice } from '../text/whole-command.ts';
import { html, type Markup } from './draw/html.ts';
import type { ReportFacts } from './facts.ts';
import { filterBar, heading } from './sortable.ts';
import type { PageView } from './view.ts';

const sortedFindings = ({ status }: Pick<ReportFacts, 'status'>): readonly Finding[] =>
  status.findings.toSorted(bySeverity);

/** Names the place of each finding on the page, by its id. */
export const anchorsOf = (facts: Pick<ReportFacts, 'status'>): ReadonlyMap<string, string> =>
  new Map(sortedFindings(facts).map(({ id }, at) => [id, `f${at}`]));

const adviceMarkup = ({ advice }: Finding, { ways }: PageView): Markup =>
  html`${stepsOf(wholeAdvice(advice, ways)).map(
    ({ say, commands }) =>
      html`<p>${say}</p>${commands.map((command) =>
        isShown(command) ? html`<p><code>${commandText(command)}</code></p>` : html`<p>${NOT_SHOWN}</p>`,
      )}`,
  )}`;

const rowMarkup = (finding: Finding, at: number, view: PageView): Markup => {
  const { severity, table, policy, fact, since, measured, promised, id } = finding;
  return html`<tbody data-s="${severity}" data-p="${policy ?? ''}" id="f${at}"><tr><td data-v="${SEVERITIES.indexOf(severity)}"><span class="v ${severity}">${severity}</span></td><th scope="row"><button type="button" aria-expanded="false" aria-controls="e${at}">${headlineOf(finding)}</button></th><td>${table ?? '–'}</td><td data-v="${Math.round(since / 1000)}"><span class="t">${view.show(since)}</span> <small>${beganText(since, view.now)}</small></td></tr><tr class="d" id="e${at}"><td colspan="4"><p>${fact}</p><dl class="pair"><dt>Is</dt><dd>${measured}</dd><dt>Promised</dt><dd>${promised}</dd></dl><h4>What to do</h4>${adviceMarkup(finding, view)}<p><small>${id}</small></p></td></tr></tbody>
`;
};

/** Writes what is wrong, worst first, each with since when and what to do. */
export const findingSection = (facts: ReportFacts, view: PageView): Markup => {
  const findings = sortedFindings(facts);
  if (findings.length === 0)
    return html`<section id="findings"><h2>Findings</h2><p class="good">Nothing is wrong.</p></section>`;
  const severities = SEVERITIES.filter((severity) => findings.some((one) => one.severity === severity));
  return html`<section id="findings"><h2>Findings</h2>${filterBar({
    of: 'findings',
    states: severities.map((value) => ({ value, text: value === 'info' ? 'for information' : value })),
    policies: [],
    opens: true,
  })}<table class="sortable" id="findings-table"><caption class="sr">Findings, worst first. Each opens what to do.</caption><thead><tr>${heading('Severity', 'number', { isSorted: true })}${heading('Finding', 'text')}${heading('Table', 'text')}${heading('Since', 'number')}</tr></thead>${findings.map((finding, at) => rowMarkup(finding, at, view))}</table></section>`;
};
