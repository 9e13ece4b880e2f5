import type { Finding } from '../../model/finding.ts';
import { type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { Memory, MuteRecord, Protection } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import { seriesKey } from '../scene/own-points.ts';
import { isSeenWhole } from '../scene/reach.ts';
import type { PlanInput } from '../scene/scene.ts';
import { findingsInScope } from '../scene/scope.ts';

/** Point-in-time recovery is switched on in a separate call after the table is created, which may be minutes later. */
const SETTING_UP_MS = 10 * MINUTE_MS;

type Seen = Pick<PlanInput, 'now' | 'observation' | 'openFindings'>;

const isBeingSetUp = (name: string | undefined, { observation, now }: Seen): boolean => {
  const details = observation.tables.find((table) => table.name === name)?.details;
  return details !== undefined && now - details.createdAt < SETTING_UP_MS;
};

/**
 * Whether a finding is left to the audit: the next backup run, or the person still creating the table, will resolve it; a hint that could not read is
 * retried.
 */
const isTooEarly = ({ kind, measured, table }: Finding, seen: Seen): boolean =>
  kind === 'observation-gap' ||
  (kind === 'recovery-point-overdue' && measured === 'none') ||
  (kind === 'pitr-off' && isBeingSetUp(table, seen));

/** The only tables that a run looks at. Of a run without a scope nothing here is asked: it reports all and remembers all. */
type Tables = readonly string[];

/**
 * Selects what a run with a scope may report: what it found of these tables. A finding that will probably be resolved within minutes is
 * reported only if it was already open.
 */
export const reportable = (findings: readonly Finding[], scope: Tables, seen: Seen): readonly Finding[] => {
  const open = new Set(seen.openFindings.map(({ id }) => id));
  return findingsInScope(findings, scope).filter(
    (finding) => open.has(finding.id) || !isTooEarly(finding, seen),
  );
};

type IsOwn<One> = (one: One) => boolean;

/** What a run remembers of its own, and what was remembered of the others, by key. */
const joined = <One>(
  before: readonly One[] = [],
  after: readonly One[] = [],
  isOwn: IsOwn<One>,
  keyOf: (one: One) => string,
): readonly One[] =>
  [...before.filter((one) => !isOwn(one)), ...after.filter(isOwn)].toSorted((a, b) =>
    keyOf(a) < keyOf(b) ? -1 : 1,
  );

interface OfTable {
  readonly table: string;
}

const tableOf = ({ table }: OfTable): string => table;

/** Keeps the record of a table that is gone, with the time, because it may come back. */
const missingSince = (protection: Protection, now: Instant): Protection => ({
  ...protection,
  promises: protection.promises.map((promise) => ({ ...promise, until: promise.until ?? now })),
});

/** A list of names with a gap does not show that a table is gone. */
const existsIn = (observation: Observation): ((table: string) => boolean) =>
  isSeenWhole(observation, 'table-names')
    ? (table) => observation.tableNames?.includes(table) ?? true
    : () => true;

/** Joins what a run with a scope remembers of its tables with what was remembered of all others and of the whole target. */
export const wholeMemory = (
  before: Memory,
  after: Memory,
  scope: Tables,
  { now, observation }: Pick<Seen, 'now' | 'observation'>,
): Memory => {
  const exists = existsIn(observation);
  const isInScope = ({ table }: OfTable): boolean => scope.includes(table);
  const isOwn = (one: OfTable): boolean => isInScope(one) && exists(one.table);
  const past = before.protections?.map((one) => (isInScope(one) ? missingSince(one, now) : one));
  const protections = joined(past, after.protections, isOwn, tableOf);
  const series = joined(before.series, after.series, isOwn, ({ table, policy }) => seriesKey(table, policy));
  const mutedTable = (one: MuteRecord): string => one.mutedTable;
  const mutes = joined(before.mutes, after.mutes, (one) => scope.includes(one.mutedTable), mutedTable);
  const others = before.pitrBaselines.filter((one) => !isInScope(one));
  const { goneTables: _gone, mutes: _, protections: _protections, series: _series, ...rest } = before;
  const { goneTables } = after;
  return {
    ...rest,
    ...(goneTables !== undefined && { goneTables }),
    ...(mutes.length > 0 && { mutes }),
    ...(protections.length > 0 && { protections }),
    ...(series.length > 0 && { series }),
    pitrBaselines: joined(others, after.pitrBaselines, isOwn, tableOf),
  };
};
