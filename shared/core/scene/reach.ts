import { failureText } from '../../model/failure.ts';
import { CLOCK_TOLERANCE_MS, type Instant, isoInstant } from '../../model/instant.ts';
import type { Facet, Gap, Observation } from '../../model/observation.ts';
import type { Mode } from '../../model/plan.ts';
import type { Policies, Policy } from '../../model/policy.ts';
import { latestSlot } from '../calendar/slots.ts';
import { governedTables } from './governed.ts';
import { homeVaultOf } from './vault-jobs.ts';

/**
 * Whether each of these facets was read to its end, so that what is not listed does not exist. A
 * gap that concerns a single table leaves the list whole.
 */
export const isSeenWhole = ({ facets, gaps }: Observation, ...wanted: readonly Facet[]): boolean =>
  wanted.every(
    (facet) => facets.includes(facet) && !gaps.some((gap) => gap.facet === facet && gap.table === undefined),
  );

/** What must have been seen whole before anything may be deleted. */
const NEEDED: readonly Facet[] = ['tags', 'recovery-points', 'memory'];

const gapText = ({ facet, failure }: Gap): string =>
  `${facet} could not be read whole: ${failureText(failure)}`;

/**
 * SAFETY: a facet that the run was not going to read is a gap as well. Returns a function from a
 * table to the gaps that affect its expiries, as sentences; a table whose details could not be read
 * stops no other.
 */
export const expiryGaps = ({ facets, gaps }: Observation): ((table: string) => readonly string[]) => {
  const notLookedAt = NEEDED.filter((facet) => !facets.includes(facet)).map(
    (facet) => `${facet} were not looked at`,
  );
  const bearing = gaps.filter(({ facet }) => NEEDED.includes(facet) || facet === 'details');
  const ofAll = bearing.filter(({ facet, table }) => table === undefined || facet !== 'details');
  const ofOne = Map.groupBy(
    bearing.filter(({ facet, table }) => table !== undefined && facet === 'details'),
    ({ table }) => table,
  );
  const common = [...new Set([...notLookedAt, ...ofAll.map(gapText)])].toSorted();
  return (table) => {
    const own = ofOne.get(table)?.map(gapText) ?? [];
    return own.length === 0 ? common : [...common, ...own.toSorted()];
  };
};

/** Returns a function from a policy to the gaps that affect the expiries of its vault, as sentences; none for a policy of another engine. */
export const vaultGaps = ({
  facets,
  gaps,
  target,
}: Observation): ((policy: Pick<Policy, 'vault'>) => readonly string[]) => {
  const ofVaults = gaps.filter(({ facet }) => facet === 'vaults');
  const notLookedAt = facets.includes('vaults') ? [] : ['vaults were not looked at'];
  return (policy) => {
    const home = homeVaultOf(policy, target);
    if (home === undefined) return [];
    const bearing = ofVaults.filter(({ vault }) => vault === undefined || vault === home);
    return [...notLookedAt, ...new Set(bearing.map(gapText))].toSorted();
  };
};

/**
 * SAFETY: returns why `now` cannot be trusted, as a sentence: an event or anyone's recovery point from the future. Undefined while everything is at
 * most `CLOCK_TOLERANCE_MS` ahead.
 */
export const clockSuspicion = ({
  eventTime,
  now,
  observation,
}: {
  readonly eventTime?: Instant | undefined;
  readonly now: Instant;
  readonly observation: Observation;
}): string | undefined => {
  const limit = now + CLOCK_TOLERANCE_MS;
  const nowText = `it is ${isoInstant(now)} here`;
  if (eventTime !== undefined && eventTime > limit)
    return `the event that started this run is of ${isoInstant(eventTime)}, and ${nowText}`;
  const newest = observation.recoveryPoints.reduce((latest, { createdAt }) => Math.max(latest, createdAt), 0);
  return newest > limit ? `a recovery point was created at ${isoInstant(newest)}, and ${nowText}` : undefined;
};

const FACETS: Readonly<Record<Mode, readonly Facet[]>> = {
  protect: ['memory', 'tags', 'recent-recovery-points'],
  expire: ['memory', 'tags', 'recovery-points'],
  audit: ['memory', 'tags', 'table-names', 'recovery-points', 'details', 'pitr', 'subscriptions'],
};

/** Returns what the runs of a mode look at, and so what they can evaluate. */
export const facetsOf = (mode: Mode): readonly Facet[] => FACETS[mode];

/** Vaults are listed by themselves: their policies make no list of backups longer. */
const ofBackups = ({ policies }: Policies): readonly Policy[] =>
  policies.filter(({ vault }) => vault === undefined);

/**
 * Returns the start of the list of recovery points: `protect` only checks whether each schedule's latest slot has its recovery point, and so lists
 * from the oldest of the latest slots. Undefined: the list has no lower bound.
 */
export const recoveryPointsSince = (policies: Policies, mode: Mode, now: Instant): Instant | undefined => {
  if (mode !== 'protect') return undefined;
  const slots = ofBackups(policies).map((policy) => latestSlot(policy, now));
  return Math.min(now, ...slots) - CLOCK_TOLERANCE_MS;
};

/** Whether `protect` lists from the same moment whichever of the policies are used; true for one policy, and for none. */
export const listAlike = (policies: Policies, now: Instant): boolean =>
  new Set(ofBackups(policies).map((policy) => latestSlot(policy, now))).size <= 1;

/** Returns the policies that govern at least one tagged table. A list with a gap may hide a table, so then all policies count as used. */
export const policiesInUse = (policies: Policies, { tables, gaps }: Observation): Policies => {
  if (gaps.some(({ facet }) => facet === 'tags')) return policies;
  const used = new Set(governedTables(policies, tables).flatMap((governed) => governed.policies));
  return { ...policies, policies: policies.policies.filter((policy) => used.has(policy)) };
};

/**
 * Returns the names of the confirmed tables to which a policy promises point-in-time recovery, sorted. A table that could not be confirmed is
 * included, because its tag was read.
 */
export const tablesPromisedPitr = (policies: Policies, { tables }: Observation): readonly string[] =>
  governedTables(policies, tables)
    .filter((governed) => governed.policies.some(({ pitr }) => pitr !== undefined))
    .map(({ table }) => table.name);
