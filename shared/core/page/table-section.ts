import type { Finding } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { VerdictStatus } from '../../model/plan.ts';
import type { Place, PlacedPoint, Restorable } from '../explain/restorable.ts';
import type { TableStatus } from '../explain/status.ts';
import { TIERS, type Tier } from '../explain/tiers.ts';
import { headlineOf } from '../findings/headline.ts';
import { spanText } from '../restore/moment-text.ts';
import { bytesText } from '../text/bytes.ts';
import { ageText } from '../text/time.ts';
import { statusText } from '../text/verdict.ts';
import { withheldText } from '../text/withheld.ts';
import { counted } from '../text/words.ts';
import { bar } from './bar.ts';
import { pageUsd } from './cost-words.ts';
import { html, joined, type Markup } from './draw/html.ts';
import { axis } from './draw/shapes.ts';
import type { MonthlyCost, Proof, ReportFacts } from './facts.ts';
import { anchorsOf } from './finding-section.ts';
import { legendSection } from './legend-section.ts';
import { newestOf, oldestOf } from './reach.ts';
import { filterBar, heading } from './sortable.ts';
import type { PageView } from './view.ts';
import { restoreText, type WayBack, waysBack } from './ways-back.ts';

const RANKS: Readonly<Record<VerdictStatus, number>> = {
  unprotected: 0,
  'at-risk': 1,
  unknown: 2,
  protected: 3,
};

const TIER_NAMES: Readonly<Record<Tier, string>> = {
  none: 'kept by no rule',
  recent: 'newest',
  hourly: 'hourly',
  daily: 'daily',
  weekly: 'weekly',
  monthly: 'monthly',
  yearly: 'yearly',
};

/** From here on a browser lays out only what is seen. Until it does, screen readers do not have the rest either: so not sooner than it is worth. */
const MANY = 300;

/** More moments than these are counted: nobody reads them one by one. */
const MOST_SHOWN = 48;

const momentsMarkup = (points: readonly PlacedPoint[], { show }: PageView): Markup => {
  const shown = points.toReversed().slice(0, MOST_SHOWN);
  const rest = points.length - shown.length;
  const texts = shown.map(({ at, isLocked, isCold, fate, isOfEarlier }) => {
    const notes = [
      ...(isOfEarlier ? ['of an earlier table'] : []),
      ...(fate === 'leaving' ? ['expires at the next run'] : []),
      ...(isLocked ? ['locked'] : []),
      ...(isCold ? ['cold'] : []),
    ];
    return `${show(at)}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
  });
  return html`${texts.join(', ')}${rest > 0 && ` and ${counted(rest, 'older one')}`}`;
};

const placeText = ({ policy, vault, target, isCopy }: Place): string => {
  const where =
    vault === undefined ? 'DynamoDB backups' : `${isCopy ? 'copies in the vault' : 'vault'} ${vault}`;
  return `${where}, ${target.region}${isCopy ? `, account ${target.accountId}` : ''}, policy ${policy}`;
};

/** Writes every recovery point of a place, by tier. */
export const placeMarkup = (place: Place, view: PageView): Markup => {
  const { points } = place;
  const sizes = points.map(({ sizeBytes }) => sizeBytes);
  const known = sizes.filter((size) => size !== undefined);
  const total = known.reduce((sum, size) => sum + size, 0);
  const byTier = Map.groupBy(points, ({ tier }) => tier);
  return html`<dt>${placeText(place)} <small>${counted(points.length, 'recovery point')}${
    known.length === sizes.length && `, ${bytesText(total)}`
  }</small></dt>${TIERS.toReversed().map((tier) => {
    const ofTier = byTier.get(tier);
    if (ofTier === undefined) return html``;
    const name = place.isCopy && tier === 'none' ? '' : `${TIER_NAMES[tier]} `;
    return html`<dd>${name !== '' && html`<b>${name}</b>`}${momentsMarkup(ofTier, view)}</dd>`;
  })}`;
};

/** Writes commands to paste, each with what it does. */
export const waysMarkup = (ways: readonly WayBack[]): Markup =>
  html`<dl class="ways">${ways.map(
    ({ say, command, takesMoment }) =>
      html`<dt>${say}</dt><dd><code${takesMoment && html` class="at"`}>${command}</code></dd>`,
  )}</dl>`;

/** All that is shown of one table. */
interface Row {
  readonly facts: ReportFacts;
  readonly view: PageView;
  readonly status: TableStatus;
  readonly restorable: Restorable;
  readonly findings: readonly Finding[];
  /** The places of findings on the page. */
  readonly anchors: ReadonlyMap<string, string>;
}

const findingsMarkup = ({ anchors, findings, view }: Row): Markup | false =>
  findings.length > 0 &&
  html`<h4>Findings</h4><ul>${findings.map(
    (finding) =>
      html`<li><a href="#${anchors.get(finding.id)}">${finding.severity}: ${headlineOf(finding)}</a>, since ${view.show(finding.since)}</li>`,
  )}</ul>`;

const pitrText = ({ restorable: { pitr }, view }: Row): string => {
  const { state, from, to } = pitr;
  if (state === 'unread')
    return pitr.promisedFrom === undefined ? 'not looked at: no policy promises it' : 'could not be read';
  if (state === 'off')
    return pitr.promisedFrom === undefined ? 'off, and not promised' : 'off, though it is promised';
  if (pitr.withheld !== undefined)
    return `on, and no second of it can be restored, because ${withheldText(pitr.withheld)}`;
  if (from === undefined || to === undefined) return 'on; its window is not known yet';
  return `any second from ${view.show(from)} to ${view.show(to)} (${spanText(to - from)})`;
};

const missingMarkup = ({ restorable: { missing }, view }: Row): Markup | false =>
  missing.length > 0 &&
  html`<dt>Missing</dt><dd class="bad">${missing
    .slice(-MOST_SHOWN)
    .toReversed()
    .map(({ slot, policy }) => `${view.show(slot)} (${policy})`)
    .join(', ')}: the rules would keep these, and they are not there</dd>`;

const proofText = (proof: Proof | undefined, { show }: PageView): string => {
  if (proof === undefined) return 'never';
  const took = proof.tookMs === undefined ? '' : `, within ${spanText(proof.tookMs)}`;
  return `${show(proof.provedAt)}: ${proof.says}${took}`;
};

const costText = (cost: MonthlyCost | undefined): string =>
  cost?.usd === undefined ? 'not known' : pageUsd(cost.usd);

/** SAFETY: what nobody looked at may be there, so that a table which can come back is never said to be lost. */
const nothingMarkup = ({ restorable: { pitr, table }, view }: Row): Markup => {
  const unseen =
    pitr.state === 'unread' ? 'point-in-time recovery and backups of others' : 'backups of others';
  const command = restoreText(table, view.ways);
  return html`<p class="bad">Nothing that this deployment made of it can be restored. Nobody looked for anything else here: ${unseen}.</p>${waysMarkup([{ say: 'See all that there is, in a terminal', command }])}`;
};

const detailMarkup = (row: Row): Markup => {
  const { status, restorable, facts, view } = row;
  const { table, places, isOnHold, sizeBytes } = restorable;
  const ways = waysBack(restorable, view.ways);
  return html`<p>${status.verdict.reason}.</p><h4>Get it back</h4>${
    ways.length === 0 ? nothingMarkup(row) : waysMarkup(ways)
  }<h4>What there is</h4><dl><dt>Point-in-time recovery</dt><dd>${pitrText(row)}</dd>${places.map((place) =>
    placeMarkup(place, view),
  )}${missingMarkup(row)}${isOnHold && html`<dt>Hold</dt><dd>a tag of the table stops all expiry</dd>`}${
    sizeBytes !== undefined && html`<dt>Size of the table</dt><dd>${bytesText(sizeBytes)}</dd>`
  }${
    facts.proofs !== undefined &&
    html`<dt>Restore last proved</dt><dd>${proofText(facts.proofs.get(table), view)}</dd>`
  }${
    facts.costs !== undefined &&
    html`<dt>Cost a month</dt><dd>${costText(facts.costs.byTable.get(table))}</dd>`
  }</dl>${findingsMarkup(row)}`;
};

const momentCell = (at: Instant | undefined, { restorable, view: { show, now } }: Row): Markup =>
  at === undefined
    ? html`<td class="bad" data-v="0">${restorable.pitr.state === 'unread' ? 'not known' : 'nothing'}</td>`
    : html`<td data-v="${Math.round(at / 1000)}"><span class="t">${show(at)}</span> <small>${ageText(now - at)}</small></td>`;

const extraCells = ({ facts: { proofs, costs }, restorable: { table }, view }: Row): Markup => {
  const proof = proofs?.get(table);
  const cost = costs?.byTable.get(table);
  return html`${
    proofs !== undefined &&
    html`<td data-v="${proof?.provedAt ?? 0}">${proof === undefined ? 'never' : html`<span class="t">${view.show(proof.provedAt)}</span> <small>${proof.level}</small>`}</td>`
  }${costs !== undefined && html`<td class="n" data-v="${cost?.usd ?? -1}">${costText(cost)}</td>`}`;
};

const rowMarkup = (row: Row, at: number, width: number): Markup => {
  const { status, restorable, view } = row;
  const { verdict, policies } = status;
  const count = restorable.places.reduce((sum, { points }) => sum + points.length, 0);
  return html`<tbody data-s="${verdict.status}" data-p="${policies.join(' ')}" id="t${at}"><tr><th scope="row" data-v="${verdict.table}"><button type="button" aria-expanded="false" aria-controls="d${at}">${verdict.table}</button>${
    restorable.isOnHold && html` <small class="tag">on hold</small>`
  }</th><td data-v="${RANKS[verdict.status]}"><span class="v ${verdict.status}">${statusText(verdict.status)}</span></td><td>${
    policies.join(' + ') || '–'
  }</td><td class="c">${bar(restorable, view)}</td>${momentCell(newestOf(restorable), row)}${momentCell(oldestOf(restorable), row)}<td class="n" data-v="${count}">${count}</td>${extraCells(row)}</tr><tr class="d" id="d${at}"><td colspan="${width}">${detailMarkup(row)}</td></tr></tbody>
`;
};

const columns = ({ proofs, costs }: ReportFacts, view: PageView): readonly Markup[] => [
  heading('Table', 'text'),
  heading('Verdict', 'number', { isSorted: true }),
  heading('Policies', 'text'),
  html`<th scope="col" class="c">Restorable ${axis(view.calendar)}</th>`,
  heading('Newest', 'number'),
  heading('Oldest', 'number'),
  heading('Points', 'number'),
  ...(proofs === undefined ? [] : [heading('Last proved', 'number')]),
  ...(costs === undefined ? [] : [heading('Cost a month', 'number')]),
];

const rowsOf = (facts: ReportFacts, view: PageView): readonly Row[] => {
  const byTable = new Map(facts.restorable.map((one) => [one.table, one]));
  const anchors = anchorsOf(facts);
  const findingsOf = Map.groupBy(facts.status.findings, ({ table }) => table);
  return facts.status.tables
    .flatMap((status): readonly Row[] => {
      const restorable = byTable.get(status.verdict.table);
      const findings = findingsOf.get(status.verdict.table) ?? [];
      return restorable === undefined ? [] : [{ facts, view, status, restorable, findings, anchors }];
    })
    .toSorted((a, b) => RANKS[a.status.verdict.status] - RANKS[b.status.verdict.status]);
};

/** Writes the table of all tables, worst first, with what can be restored of each and how. */
export const tableSection = (facts: ReportFacts, view: PageView): Markup => {
  const rows = rowsOf(facts, view);
  if (rows.length === 0)
    return html`<section id="tables"><h2>Tables</h2><p>No table has opted in by its tag.</p></section>`;
  const heads = columns(facts, view);
  const statuses = [...new Set(rows.map(({ status }) => status.verdict.status))].toSorted(
    (a, b) => RANKS[a] - RANKS[b],
  );
  const policies = facts.policies.policies.map(({ name }) => name);
  return html`<section id="tables"><h2>Tables</h2>${filterBar({
    of: 'tables',
    states: statuses.map((status) => ({ value: status, text: statusText(status) })),
    policies,
    opens: true,
  })}${legendSection()}<table class="sortable${rows.length > MANY && html` many`}" id="tables-table"><caption class="sr">Tables, worst first. Each name opens what is known of the table.</caption><thead><tr>${joined(heads, html``)}</tr></thead>${rows.map((row, at) => rowMarkup(row, at, heads.length))}</table></section>`;
};
