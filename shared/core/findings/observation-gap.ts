import { advise } from '../../model/advice.ts';
import type { Failure } from '../../model/failure.ts';
import { type Finding, findingId, type Severity } from '../../model/finding.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Facet, Gap } from '../../model/observation.ts';
import { isMissingVault } from '../scene/missing-vaults.ts';
import { failureFix, isPassing } from '../text/failure-fix.ts';
import { WHAT_TO_CHECK } from '../text/what-to-check.ts';
import { counted, failuresText, listed } from '../text/words.ts';
import { causedBy } from './cause.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'observation-gap': true;
  }
}

/** Above this number of tables with the same unreadable facet, they are one failure. */
const TABLES_APART = 20;

const WHAT: Readonly<Record<Facet, string>> = {
  details: 'The description of tables',
  drills: 'What drills came to',
  memory: 'What earlier runs found',
  pitr: 'Point-in-time recovery of tables',
  'recent-recovery-points': 'The list of recent recovery points',
  'recovery-points': 'The list of recovery points',
  subscriptions: 'The subscriptions of the alert topic',
  'table-keys': 'Which keys recovery points need',
  'table-names': 'The list of all tables',
  tags: 'The list of tagged tables',
  'vault-settings': 'What backup vaults need',
  vaults: 'The backup vaults',
};

const UNTIL_THEN =
  'Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.';

/** The consequences while it cannot be read. A table that is not confirmed may be a different one by now, or gone. */
const MEANWHILE: Readonly<Partial<Record<Facet, string>>> = {
  details: 'Until it can be read, no backup is made of it and nothing of it is deleted.',
  memory: `Meanwhile every audit reports all that is wrong. ${UNTIL_THEN}`,
};

/** One thing that could not be read: a whole list, one table, or many tables at once. */
interface GapGroup extends Pick<Finding, 'cause' | 'denials' | 'errorName'> {
  readonly facet: Facet;
  readonly table?: string;
  readonly severity: Finding['severity'];
  readonly fact: string;
  readonly measured: string;
  readonly failures: readonly Failure[];
}

const failuresOf = (gaps: readonly Gap[]): readonly Failure[] => gaps.map(({ failure }) => failure);

/** Names the vaults, where nothing but these could not be read. */
const whatOf = (facet: Facet, gaps: readonly Gap[]): string => {
  const vaults = gaps.flatMap(({ vault }) => vault ?? []);
  return vaults.length === 0 || vaults.length < gaps.length
    ? WHAT[facet]
    : `${vaults.length === 1 ? 'The backup vault' : 'The backup vaults'} ${listed(vaults)}`;
};

const wholeGroup = (facet: Facet, gaps: readonly Gap[]): GapGroup => ({
  facet,
  failures: failuresOf(gaps),
  severity: 'critical',
  ...causedBy(failuresOf(gaps)),
  fact: `${whatOf(facet, gaps)} could not be read: ${failuresText(failuresOf(gaps))}.`,
  measured: 'unknown',
});

const manyGroup = (facet: Facet, gaps: readonly Gap[], tables: readonly string[]): GapGroup => ({
  facet,
  failures: failuresOf(gaps),
  severity: 'critical',
  ...causedBy(failuresOf(gaps)),
  fact: `${WHAT[facet]} could not be read for ${counted(tables.length, 'table')}: ${listed(tables)}: ${failuresText(failuresOf(gaps))}.`,
  measured: `${counted(tables.length, 'table')} unknown`,
});

const tableGroup = (facet: Facet, gaps: readonly Gap[], table: string): GapGroup => ({
  facet,
  failures: failuresOf(gaps),
  table,
  severity: 'warning',
  ...causedBy(failuresOf(gaps)),
  fact: `${WHAT[facet]} could not be read for ${table}: ${failuresText(failuresOf(gaps))}.`,
  measured: 'unknown',
});

const gapGroupsOf = (facet: Facet, gaps: readonly Gap[]): readonly GapGroup[] => {
  const whole = gaps.filter(({ table }) => table === undefined);
  if (whole.length > 0) return [wholeGroup(facet, whole)];
  const byTable = Map.groupBy(gaps, ({ table }) => table ?? '');
  if (byTable.size > TABLES_APART) return [manyGroup(facet, gaps, [...byTable.keys()])];
  return [...byTable].map(([table, ofTable]) => tableGroup(facet, ofTable, table));
};

/** Throttling passes by itself. After two audits it has not, and what is not seen for so long is as bad as with any other cause. */
const LASTS_MS = 12 * HOUR_MS;

const severityOf = (
  { failures, severity }: GapGroup,
  open: OpenFinding | undefined,
  now: Instant,
): Severity => (isPassing(failures) && now - (open?.since ?? now) < LASTS_MS ? 'warning' : severity);

const toFinding = (group: GapGroup, openFindings: readonly OpenFinding[], now: Instant): Finding => {
  const { facet, failures, table, ...said } = group;
  const id = findingId('observation-gap', facet, table);
  const open = openFindings.find((one) => one.id === id);
  return {
    id,
    kind: 'observation-gap',
    ...(table !== undefined && { table }),
    facet,
    promised: 'read whole',
    since: now,
    advice: advise(`${failureFix(failures, WHAT_TO_CHECK[facet])} ${MEANWHILE[facet] ?? UNTIL_THEN}`),
    ...said,
    severity: severityOf(group, open, now),
  };
};

/** Returns the findings of gaps; a table deferred to the next run is not a gap to report. */
export const gapFindings = (
  gaps: readonly Gap[],
  now: Instant,
  openFindings: readonly OpenFinding[] = [],
): readonly Finding[] => {
  const unread = gaps.filter((gap) => gap.deferred === undefined && !isMissingVault(gap));
  return [...Map.groupBy(unread, ({ facet }) => facet)]
    .flatMap(([facet, ofFacet]) => gapGroupsOf(facet, ofFacet))
    .map((group) => toFinding(group, openFindings, now));
};

/** What is known of it wherever it is open. */
export const observationGap: KindTraits<'observation-gap'> = {
  kind: 'observation-gap',
  title: 'reading failing',
  breaksPromise: false,
  facets: [],
};

/**
 * Finds what the run tried to read and could not: one critical finding for a whole list, or one per table. Many tables
 * with the same gap are one critical finding that lists the first twenty, and what is deferred to the next run is not
 * reported. Throttling is a warning for its first twelve hours. A vault
 * that is not there is another kind.
 */
export const observationGapFinder: Finder<'observation-gap'> = {
  kind: 'observation-gap',
  occasion: 'gaps',
  find: ({ observation, now, openFindings }: CheckContext) =>
    gapFindings(observation.gaps, now, openFindings),
};
