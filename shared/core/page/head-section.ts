import { failureText } from '../../model/failure.ts';
import { bySeverity } from '../../model/finding.ts';
import type { Facet, Gap } from '../../model/observation.ts';
import type { VerdictStatus } from '../../model/plan.ts';
import type { PlacedPoint, Restorable } from '../explain/restorable.ts';
import { headlineOf } from '../findings/headline.ts';
import { deployedLines } from '../policy/differences-text.ts';
import { spanText } from '../restore/moment-text.ts';
import { bytesText } from '../text/bytes.ts';
import { subscriberText } from '../text/subscriber.ts';
import { statusText, verdictCounts, verdictSummary } from '../text/verdict.ts';
import { counted } from '../text/words.ts';
import { pageUsd } from './cost-words.ts';
import { html, type Markup } from './draw/html.ts';
import type { ReportFacts } from './facts.ts';
import { newestOf } from './reach.ts';
import type { PageView } from './view.ts';

const COUNTED: readonly VerdictStatus[] = ['unprotected', 'at-risk', 'unknown', 'protected'];

const answerText = ({ status: { tables } }: ReportFacts): string => {
  const counts = verdictCounts(tables.map(({ verdict }) => verdict));
  const others = tables.length - counts.protected;
  if (tables.length === 0) return 'No table has opted in by its tag.';
  if (others > 0)
    return `${others} of ${counted(tables.length, 'table')} ${others === 1 ? 'needs' : 'need'} attention.`;
  return tables.length === 1
    ? 'The one table is protected.'
    : `All ${counted(tables.length, 'table')} are protected.`;
};

const worstLoss = ({ restorable }: ReportFacts, { now }: PageView): string => {
  const losses = restorable.flatMap((one) => {
    const newest = newestOf(one);
    return newest === undefined ? [] : [{ table: one.table, ms: now - newest }];
  });
  const worst = losses.toSorted((a, b) => b.ms - a.ms)[0];
  const without = restorable.filter((one) => newestOf(one) === undefined);
  const unknown = without.filter(({ pitr }) => pitr.state === 'unread').length;
  const nothing = without.length - unknown;
  const parts = [
    ...(worst === undefined ? [] : [`${spanText(worst.ms)} (${worst.table})`]),
    ...(nothing === 0 ? [] : [`of ${counted(nothing, 'table')} everything`]),
    ...(unknown === 0 ? [] : [`of ${counted(unknown, 'table')} it is not known`]),
  ];
  return parts.length === 0 ? 'nothing: there is no table' : parts.join('; ');
};

const pointsIn = (tables: readonly Pick<Restorable, 'places'>[]): readonly PlacedPoint[] =>
  tables.flatMap(({ places }) => places.flatMap((place) => place.points));

const pointsText = ({ left, restorable }: ReportFacts): string => {
  const [ofLeft, points] = [pointsIn(left), pointsIn([...restorable, ...left])];
  const sizes = points.flatMap(({ sizeBytes }) => sizeBytes ?? []);
  const unknown = points.length - sizes.length;
  const total = bytesText(sizes.reduce((sum, size) => sum + size, 0));
  const others = ofLeft.length === 0 ? '' : `, ${ofLeft.length} of them of other tables`;
  return `${counted(points.length, 'recovery point')} of ${total}${others}${unknown === 0 ? '' : `, ${unknown} of them without a known size`}`;
};

const alertedText = ({ status: { topic, subscribers } }: ReportFacts): string => {
  if (topic.kind === 'unreadable') return 'could not be read';
  if (topic.kind === 'missing') return 'nobody: there is no alert topic';
  const confirmed = subscribers.items.filter((one) => one.confirmed).map(subscriberText);
  if (topic.value.confirmed === 0) return 'nobody: no subscription of the topic is confirmed';
  return confirmed.length === 0 ? counted(topic.value.confirmed, 'subscriber') : confirmed.join(', ');
};

const runsText = ({ status: { functions } }: ReportFacts): string =>
  functions.length === 0
    ? 'could not be read'
    : functions.map(({ name, says }) => `${name} ${says}`).join('; ');

const provedText = ({ proofs, restorable }: ReportFacts, { show }: PageView): string => {
  if (proofs === undefined) return 'never: no policy has a drill';
  const times = [...proofs.values()].map(({ provedAt }) => provedAt);
  const last = times.reduce((most, at) => Math.max(most, at), 0);
  const levels = restorable.flatMap(({ table }) => proofs.get(table)?.level ?? []);
  const restored = levels.filter((level) => level === 'restored').length;
  const less = levels.length - restored;
  return `${restored} of ${counted(restorable.length, 'table')}${less === 0 ? '' : `, ${less} more checked without a restore`}${last === 0 ? '' : `, last on ${show(last)}`}`;
};

const costText = ({ costs, left, restorable }: ReportFacts): string => {
  if (costs === undefined) return 'not known: no prices are on this page';
  const knownOf = (tables: readonly { readonly table: string }[]): readonly number[] =>
    tables.flatMap(({ table }) => costs.byTable.get(table)?.usd ?? []);
  const known = knownOf([...restorable, ...left]);
  const total = known.reduce((sum, usd) => sum + usd, 0);
  const ofLeft = knownOf(left).reduce((sum, usd) => sum + usd, 0);
  const others = left.length === 0 ? '' : `, of which ${pageUsd(ofLeft)} for other tables`;
  const missing = restorable.length + left.length - known.length;
  const by = costs.prices.says;
  if (known.length === 0 && missing > 0) return `not known; by ${by}`;
  const without = missing === 0 ? '' : `, without ${counted(missing, 'table')} whose cost is not known`;
  return `${pageUsd(total)}${others}${without}; by ${by}`;
};

const FACETS: Readonly<Record<Facet, string>> = {
  details: 'tables',
  pitr: 'point-in-time recovery',
  'recent-recovery-points': 'recent recovery points',
  'recovery-points': 'recovery points',
  subscriptions: 'who receives alerts',
  'table-keys': 'which keys recovery points need',
  'table-names': 'names of tables',
  tags: 'tags',
  'vault-settings': 'what backup vaults need',
  vaults: 'backup vaults',
  drills: 'drills',
  memory: 'the state table',
};

const gapText = ({ facet, table, failure }: Gap): string =>
  `${FACETS[facet]}${table === undefined ? '' : ` of ${table}`}: ${failureText(failure)}`;

/** More of them say no more. */
const MOST_GAPS = 10;

const gapsMarkup = ({ status: { look } }: ReportFacts): Markup | false => {
  const { gaps } = look.observation;
  const rest = gaps.length - MOST_GAPS;
  return (
    gaps.length > 0 &&
    html`<div class="note"><p><strong>Not everything could be read.</strong> What is not shown here may still be there.</p><ul>${gaps
      .slice(0, MOST_GAPS)
      .map((gap) => html`<li>${gapText(gap)}</li>`)}${rest > 0 && html`<li>and ${rest} more</li>`}</ul></div>`
  );
};

const deployedMarkup = (facts: ReportFacts): Markup | false => {
  const lines = deployedLines('the policy file of this page', facts.status.deployed);
  return (
    lines.length > 0 && html`<div class="note">${lines.map((line) => html`<p>${line.trim()}</p>`)}</div>`
  );
};

const worstFinding = ({ status: { findings } }: ReportFacts, { show }: PageView): string => {
  const critical = findings
    .filter(({ severity }) => severity === 'critical')
    .toSorted((a, b) => a.since - b.since || bySeverity(a, b));
  const [oldest] = critical;
  if (oldest === undefined)
    return findings.length === 0 ? 'none' : `${findings.length}, none of them critical`;
  return `${findings.length}, ${critical.length} of them critical; the longest since ${show(oldest.since)}: ${headlineOf(oldest)}`;
};

/** Writes what a reader wants to know first: whether every table is safe, as of when, and who would hear of it. */
export const headSection = (facts: ReportFacts, view: PageView): Markup => {
  const { status, instance, target, zone } = facts;
  const verdicts = status.tables.map(({ verdict }) => verdict);
  const counts = verdictCounts(verdicts);
  const isFine = verdicts.length > 0 && counts.protected === verdicts.length;
  return html`<header><p class="where">Tablekeeper <b>${instance}</b> · account ${target.accountId} · ${target.region}</p><h1 class="${isFine ? 'good' : 'bad'}">${answerText(facts)}</h1><ul class="counts" aria-label="${verdictSummary(verdicts)}">${COUNTED.filter(
    (name) => counts[name] > 0,
  ).map(
    (name) => html`<li><span class="v ${name}">${counts[name]} ${statusText(name)}</span></li>`,
  )}</ul><p>Looked at the account on <time>${view.show(view.now)}</time>. Times without a zone are ${zone}. <span id="age" data-at="${view.now}"></span></p>${gapsMarkup(facts)}${deployedMarkup(facts)}<dl class="facts"><div><dt>Most that could be lost now</dt><dd>${worstLoss(facts, view)}</dd></div><div><dt>Findings</dt><dd>${worstFinding(facts, view)}</dd></div><div><dt>There are</dt><dd>${pointsText(facts)}</dd></div><div><dt>Alerts go to</dt><dd>${alertedText(facts)}</dd></div><div><dt>Last runs</dt><dd>${runsText(facts)}</dd></div><div><dt>Restore proved</dt><dd>${provedText(facts, view)}</dd></div><div><dt>Cost a month</dt><dd>${costText(facts)}</dd></div></dl></header>`;
};
