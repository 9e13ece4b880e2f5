import { CLOCK_TOLERANCE_MS, DAY_MS, type Instant } from '../../model/instant.ts';
import type { GoneTable, Memory, OpenFinding, Protection } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import { isPassingTable } from '../../model/passing-table.ts';
import type { Mode } from '../../model/plan.ts';
import { endingPolicies, type Policies } from '../../model/policy.ts';
import { DROP_KEPT_MS, dropOf } from '../retention/drop.ts';
import { endingPoints } from '../retention/gone-points.ts';
import { endsAt, isAnnounced, standingOf, timeOverAt } from '../retention/gone-tables.ts';
import { coverageOf, type GovernedTable } from '../scene/governed.ts';
import type { OwnedRecoveryPoints } from '../scene/own-points.ts';
import { isSeenWhole } from '../scene/reach.ts';
import type { Regimes } from '../scene/regimes.ts';

/** What is remembered of gone tables is built from: what is there now, and what earlier audits saw. */
export interface GoneInput {
  readonly policies: Policies;
  readonly memory: Memory;
  readonly observation: Observation;
  readonly governed: readonly GovernedTable[];
  readonly own: readonly OwnedRecoveryPoints[];
  readonly regimes: Regimes;
  readonly openFindings: readonly OpenFinding[];
  readonly mode: Mode;
  readonly now: Instant;
  /** Why `now` cannot be trusted, as the scene has it. */
  readonly clockSuspicious?: string | undefined;
}

export type GoneMemory = Pick<Memory, 'goneLookedAt' | 'goneTables'>;

/** SAFETY: so many of all tables may be ending at once, and one at the least: what deletes all tables at once takes days to end, and every digest says so. */
const MOST_SHARE = 0.2;

/** For how long a table counts among those that end, after the last of it was seen to be gone. */
const COUNTED_MS = DAY_MS;

/** SAFETY: a name in any list is a table that may be there; the tags of a deleted one are listed for hours. */
const namesIn = ({ goneTables = [], tableNames = [], tables }: Observation): ReadonlySet<string> => {
  const gone = new Set(goneTables.map(({ name }) => name));
  return new Set([...tableNames, ...tables.map(({ name }) => name)].filter((name) => !gone.has(name)));
};

/** SAFETY: what earlier runs saw is older than now by any clock, or one of the clocks is wrong. */
const isBehind = ({ memory: { coverage, goneLookedAt = 0 }, now }: GoneInput): boolean =>
  Math.max(goneLookedAt, coverage?.seenAt ?? 0) > now + CLOCK_TOLERANCE_MS;

const isWhole = (input: GoneInput): boolean => {
  const { clockSuspicious, mode, observation } = input;
  const ofVaults = observation.facets.includes('vaults') ? (['vaults'] as const) : [];
  return (
    mode === 'audit' &&
    observation.scope === undefined &&
    isSeenWhole(observation, 'tags', 'table-names', 'recovery-points', 'memory', ...ofVaults) &&
    !observation.gaps.some(({ facet }) => facet === 'vaults' || facet === 'recovery-points') &&
    clockSuspicious === undefined
  );
};

/** A table that is back ends its record. What was ending of it counts among those that end for a while. */
const returned = (gone: GoneTable, now: Instant): readonly GoneTable[] => {
  if (gone.dueAt === undefined) return [];
  return [{ ...gone, endedAt: gone.endedAt ?? now }];
};

/** A policy governed the table when an audit last looked, however the tag went since. */
const governedBy = ({ promises }: Protection, { memory: { goneLookedAt } }: GoneInput): readonly string[] =>
  promises
    .filter(({ replaced, shown }) => replaced !== true && shown !== true)
    .filter(({ until }) => until === undefined || (goneLookedAt !== undefined && until >= goneLookedAt))
    .map(({ name }) => name)
    .toSorted();

/** SAFETY: a table that was emptied first and then deleted keeps what it held as long as one that was not deleted. */
const emptiedPart = (
  { goneTable, tableId }: GoneTable,
  { own, now }: GoneInput,
): Pick<GoneTable, 'notBefore'> => {
  const points = own
    .filter(({ table }) => table === goneTable)
    .flatMap((series) => series.points.map(({ recoveryPoint }) => recoveryPoint))
    .filter((point) => point.tableId === tableId && point.status === 'available' && point.createdAt <= now);
  const drop = dropOf(points);
  return drop === undefined ? {} : { notBefore: drop.first.createdAt + DROP_KEPT_MS };
};

/** A newer table of the name that no audit saw has left recovery points: which of them was governed is not known. */
const isOfNewest = (table: string, tableId: string, { own }: GoneInput): boolean => {
  const points = own
    .filter((series) => series.table === table)
    .flatMap((series) => series.points.map(({ recoveryPoint }) => recoveryPoint));
  const newest = points.toSorted((a, b) => b.createdAt - a.createdAt)[0];
  return newest === undefined || newest.tableId === tableId;
};

/** SAFETY: begins only where runs saw the table governed, and so know whether its tags stopped expiry when it went. */
const begun = (table: string, input: GoneInput): readonly GoneTable[] => {
  const protection = input.memory.protections?.find((one) => one.table === table);
  if (protection?.tableId === undefined || !isOfNewest(table, protection.tableId, input)) return [];
  const policies = governedBy(protection, input);
  const ending = endingPolicies(input.policies).some(({ name }) => policies.includes(name));
  if (!ending) return [];
  const { hold, tableId } = protection;
  const held = hold === undefined ? {} : ({ held: true } as const);
  const gone = { goneTable: table, tableId, policies, since: input.now, ...held };
  return [{ ...gone, ...emptiedPart(gone, input) }];
};

/** Times that were saved by a clock that ran ahead are capped at now, and what was due by it is not. */
const upTo = ({ dueAt, since, toldAt, ...gone }: GoneTable, now: Instant): GoneTable => ({
  ...gone,
  since: Math.min(since, now),
  ...(toldAt !== undefined && { toldAt: Math.min(toldAt, now) }),
  ...(dueAt !== undefined && dueAt <= now && { dueAt }),
});

const isTold = ({ goneTable, since }: GoneTable, { openFindings }: GoneInput): boolean =>
  openFindings.some(
    ({ kind, notifiedAt, table }) =>
      kind === 'deleted-table-ending' &&
      table === goneTable &&
      notifiedAt !== undefined &&
      notifiedAt >= since,
  );

/** SAFETY: dated by the audit that finds it told, so that a message of a wrong clock shortens nothing. */
const withTold = (gone: GoneTable, overAt: Instant, input: GoneInput): GoneTable => {
  const { dueAt: _, toldAt, ...rest } = gone;
  if (!isAnnounced(overAt, input.now)) return rest;
  if (toldAt !== undefined) return gone;
  return isTold(gone, input) ? { ...gone, toldAt: input.now } : rest;
};

const isStopped = (gone: GoneTable, { memory, now, policies }: GoneInput): boolean =>
  ['held', 'kept'].includes(standingOf(gone, { memory, now, policies }).kind);

const stopped = ({ dueAt: _, toldAt: _told, ...gone }: GoneTable): GoneTable => gone;

/** Where no policy ends it any more, it waits, and its days begin again when one does; after somebody kept it, people are told again. */
const continued = (given: GoneTable, input: GoneInput): GoneTable => {
  const { paused, ...known } = upTo(given, input.now);
  const gone = { ...known, ...(paused === true && { since: input.now }), ...emptiedPart(known, input) };
  const overAt = timeOverAt(gone, input.policies);
  if (overAt === undefined) return { ...stopped(known), paused: true };
  return isStopped(gone, input) ? stopped(gone) : withTold(gone, overAt, input);
};

/** For how long it is remembered that a table ended while that could not be told. */
const UNTOLD_MS = 35 * DAY_MS;

/** Nobody was told yet that it ended. */
const isUntold = ({ goneTable }: GoneTable, age: number, { openFindings }: GoneInput): boolean =>
  age < UNTOLD_MS &&
  openFindings.some(
    ({ kind, notifiedAt, table }) =>
      kind === 'deleted-table-ended' && table === goneTable && notifiedAt === undefined,
  );

const isOver = (gone: GoneTable, input: GoneInput): boolean => {
  const { endedAt, goneTable } = gone;
  if (endedAt === undefined || input.now - endedAt < COUNTED_MS) return false;
  return (
    !isUntold(gone, input.now - endedAt, input) &&
    !input.openFindings.some(({ kind, table }) => kind === 'table-deleted' && table === goneTable)
  );
};

/** Nothing of it is left that could end. */
const settled = (gone: GoneTable, left: ReadonlySet<string>, { now }: GoneInput): readonly GoneTable[] => {
  if (left.has(gone.goneTable)) return [gone];
  return gone.dueAt === undefined ? [] : [{ ...gone, endedAt: now }];
};

const isEnding = ({ dueAt, endedAt }: GoneTable, now: Instant): boolean =>
  dueAt !== undefined && (endedAt === undefined || now - endedAt < COUNTED_MS);

/** Those whose turn it is, those that have been gone for longest first. */
const withTurns = (all: readonly GoneTable[], input: GoneInput): readonly GoneTable[] => {
  const { governed, now, policies } = input;
  const memory = { ...input.memory, goneTables: all, goneLookedAt: now };
  const live = all.filter(({ endedAt }) => endedAt === undefined);
  const most = Math.max(1, Math.floor(MOST_SHARE * (coverageOf(governed) + live.length)));
  const free = most - all.filter((gone) => isEnding(gone, now)).length;
  const mayEnd = (gone: GoneTable): boolean => {
    const overAt = timeOverAt(gone, policies);
    const standing = standingOf(gone, { memory, now, policies });
    return (
      gone.dueAt === undefined &&
      standing.kind === 'waits' &&
      gone.toldAt !== undefined &&
      overAt !== undefined &&
      now >= endsAt(gone, overAt, now)
    );
  };
  const next = live
    .filter(mayEnd)
    .toSorted((a, b) => a.since - b.since || (a.goneTable < b.goneTable ? -1 : 1))
    .slice(0, Math.max(0, free));
  const chosen = new Set(next);
  return all.map((gone) => (chosen.has(gone) ? { ...gone, dueAt: now } : gone));
};

const keyOf = ({ goneTable, tableId }: GoneTable): string => `${goneTable} ${tableId}`;

const sorted = (all: readonly GoneTable[]): readonly GoneTable[] =>
  [...new Map(all.map((gone) => [keyOf(gone), gone])).values()].toSorted((a, b) =>
    keyOf(a) < keyOf(b) ? -1 : 1,
  );

const memoryOf = (goneTables: readonly GoneTable[], goneLookedAt: Instant | undefined): GoneMemory => ({
  ...(goneLookedAt !== undefined && { goneLookedAt }),
  ...(goneTables.length > 0 && { goneTables }),
});

/** The tables of which something is left that ends by its record, or would if a policy ended it. */
const leftOf = (all: readonly GoneTable[], input: GoneInput): ReadonlySet<string> => {
  const ownOf = Map.groupBy(input.own, ({ table }) => table);
  return new Set(
    all
      .filter((gone) => {
        const own = ownOf.get(gone.goneTable) ?? [];
        return gone.paused === true ? own.length > 0 : endingPoints(own, gone, input).length > 0;
      })
      .map(({ goneTable }) => goneTable),
  );
};

const afterWholeLook = (standing: readonly GoneTable[], names: ReadonlySet<string>, input: GoneInput) => {
  const live = standing.filter(({ endedAt }) => endedAt === undefined);
  const known = new Set(live.map(({ goneTable }) => goneTable));
  const ended = standing.filter((gone) => gone.endedAt !== undefined && !isOver(gone, input));
  const tables = new Set(input.own.map(({ table }) => table));
  const fresh = [...tables]
    .filter((table) => !known.has(table) && !names.has(table) && !isPassingTable(table))
    .flatMap((table) => begun(table, input));
  const all = [...live.map((gone) => continued(gone, input)), ...fresh];
  const left = leftOf(all, input);
  return withTurns(sorted([...ended, ...all.flatMap((gone) => settled(gone, left, input))]), input);
};

/** What was seen to go is remembered for as long as anything is left of it. */
const whileNothingEnds = (standing: readonly GoneTable[], input: GoneInput): GoneMemory => {
  const paused = standing
    .filter(({ endedAt }) => endedAt === undefined)
    .map((gone): GoneTable => ({ ...stopped(gone), paused: true }));
  const left = isWhole(input) ? leftOf(paused, input) : undefined;
  return memoryOf(sorted(paused.filter(({ goneTable }) => left?.has(goneTable) ?? true)), undefined);
};

/**
 * SAFETY: only an audit that read tags, names and recovery points whole, by a clock that nothing disproves, begins a record, goes on with it and says
 * that its time is over; a table of the name that any run sees ends it. Returns what to remember of gone tables: where no policy ends what is
 * left of them, only which of them were seen to go.
 */
export const nextGone = (input: GoneInput): GoneMemory => {
  const { memory, now, observation, policies } = input;
  const { goneLookedAt, goneTables = [] } = memory;
  const names = namesIn(observation);
  const standing = goneTables.flatMap((gone) => (names.has(gone.goneTable) ? returned(gone, now) : [gone]));
  if (endingPolicies(policies).length === 0) return whileNothingEnds(standing, input);
  if (!isWhole(input)) return memoryOf(standing, goneLookedAt);
  // Dated again, so that the next audit goes on by the same clock.
  if (isBehind(input)) return memoryOf(standing, now);
  return memoryOf(afterWholeLook(standing, names, input), now);
};

/** Whether Tablekeeper deleted all that was left of a table and could end. */
export const hasEndedByRule = ({ goneTables = [] }: Pick<Memory, 'goneTables'>, table: string): boolean =>
  goneTables.some(({ endedAt, goneTable }) => goneTable === table && endedAt !== undefined);

/** SAFETY: whether Tablekeeper itself deletes, or deleted, what was left of a table: then its end is no loss. */
export const isEndedByRule = ({ goneTables = [] }: Pick<Memory, 'goneTables'>, table: string): boolean =>
  goneTables.some(({ dueAt, goneTable }) => goneTable === table && dueAt !== undefined);
