import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Memory } from '../../model/memory.ts';
import type { Policies, Policy } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { HOLD_TAG, type TaggedTable } from '../../model/table.ts';
import type { Target } from '../../model/target.ts';
import { longestIntervalMs } from '../calendar/intervals.ts';
import type { BilledPoint } from '../money/bill.ts';
import { type Month, monthOf } from '../money/months.ts';
import { longestReach } from '../policy/reach-days.ts';
import { governedTables } from '../scene/governed.ts';
import { holdOf } from '../scene/hold.ts';
import type { VirtualPoint } from './account.ts';
import { governedSinceIn } from './governed-since.ts';
import { type HeldByGuardrail, historyOf, type SharedBackups } from './history.ts';
import { billedOf } from './simulate.ts';

/** One table of an account, as it is now. */
export interface ForecastTable {
  readonly table: TaggedTable;
  /** The policies that govern it. */
  readonly governing: readonly Policy[];
  /** What this instance keeps of it, at home and as copies, each with when it moves to cold storage. */
  readonly present: readonly VirtualPoint[];
}

/** What all tables of an account have in common. */
export interface ForecastScope {
  readonly policies: Policies;
  /** Those of the past, where they were others. */
  readonly formerly?: Policies | undefined;
  readonly instance: string;
  readonly target: Target;
  readonly memory: Memory;
  readonly now: Instant;
  /** Of which policy recovery points are returned; of all where it is absent. */
  readonly only?: string | undefined;
}

/** Recovery points of a table over time. */
export interface Forecast {
  /** Those that are there, with when each goes, and those that will be made. */
  readonly ahead: readonly BilledPoint[];
  /** Those that the schedule must have made since the beginning of last month and that are gone: an estimate, by the present size. */
  readonly gone: readonly BilledPoint[];
  /** Absent where the guardrail lets all expire that the rules do. */
  readonly held?: HeldByGuardrail;
}

/** How a recovery point ends, or comes to be, whatever its table is called and however large it is. */
interface Course {
  /** Which of the present ones it is; absent for one that is made later. */
  readonly index?: number;
  readonly one: VirtualPoint;
}

interface Courses extends Pick<Forecast, 'held'> {
  readonly all: readonly Course[];
}

/** Hours are nothing in a month, and tables that share slots share their course, whichever was backed up first. */
const lateness = ({ createdAt, origin }: RecoveryPoint): number =>
  Math.round((createdAt - (origin?.slot ?? 0)) / (6 * HOUR_MS));

/** Only what says who governs it and whether anything stops its expiry: the other tags of a table are its owner's. */
const tagsThatCount = ({ tags }: TaggedTable, { tag }: Policies): TaggedTable['tags'] => {
  const value = tags[tag];
  return {
    ...(value !== undefined && { [tag]: value }),
    ...(holdOf({ tags }).kind !== 'none' && { [HOLD_TAG]: 'true' }),
  };
};

const courseKey = ({ governing, present, table }: ForecastTable, policies: Policies): string =>
  JSON.stringify([
    governing.map(({ name }) => name),
    tagsThatCount(table, policies),
    present.map(({ coldAt, point }) => [
      ...[point.origin, point.status, point.location.vault, point.location.target],
      ...[lateness(point), dayOf(coldAt), dayOf(point.deletesAt)],
      point.tableId === table.details?.tableId,
    ]),
  ]);

const dayOf = (at: Instant | undefined): number | undefined =>
  at === undefined ? undefined : Math.round(at / DAY_MS);

const NAME = 'table';

/** A course is of recovery points as large as their table: what a table that shrank keeps for a while is not forecast. */
const EVEN_BYTES = 1;

/** The same under one name, so that a course fits every table with the same history. */
const renamed = (
  { coldAt, point }: VirtualPoint,
  index: number,
  tableId: string | undefined,
  sourceOf: ReadonlyMap<string, string>,
): VirtualPoint => {
  const { copyOf } = point;
  const isOther = point.tableId !== tableId;
  return {
    point: {
      ...point,
      id: idOf(point, index),
      tableName: NAME,
      tableId: isOther ? 'another' : NAME,
      sizeBytes: EVEN_BYTES,
      ...(copyOf !== undefined && { copyOf: sourceOf.get(copyOf) ?? copyOf }),
    },
    ...(coldAt !== undefined && { coldAt }),
  };
};

/** Keeps what an id says of where the point is. */
const idOf = ({ id }: RecoveryPoint, index: number): string => `${id}/${index}`;

const courseOf = (
  scope: ForecastScope,
  one: ForecastTable,
  to: Instant,
  sharedBackups: SharedBackups,
): Courses => {
  const { instance, memory, now, policies, target } = scope;
  const { details } = one.table;
  const sources = new Map(one.present.map(({ point }, index) => [point.id, idOf(point, index)]));
  const present = one.present.map((point, index) => renamed(point, index, details?.tableId, sources));
  const { held, points } = historyOf({
    ...{ policies, instance, target, from: now, to, present, sharedBackups },
    table: {
      name: NAME,
      tableId: NAME,
      tags: tagsThatCount(one.table, policies),
      createdAt: details?.createdAt ?? now,
      bytesAt: () => EVEN_BYTES,
    },
    memory: { pitrBaselines: [], ...(memory.histories !== undefined && { histories: memory.histories }) },
  });
  return {
    all: points.map((point, index) => (index < present.length ? { index, one: point } : { one: point })),
    ...(held !== undefined && { held }),
  };
};

/** Every slot of so many days would take too long where there are many. */
const MOST_SLOTS = 1_000;

const lookBackDays = (governing: readonly Policy[]): number =>
  Math.max(
    0,
    ...governing.map((policy) => {
      const most = (MOST_SLOTS * longestIntervalMs(policy)) / DAY_MS;
      return Math.ceil(Math.min(most, longestReach(policy.retention, policy)?.days ?? 0));
    }),
  );

const governedBefore = (
  { formerly }: ForecastScope,
  { governing, table }: ForecastTable,
): readonly Policy[] =>
  formerly === undefined ? governing : (governedTables(formerly, [table])[0]?.policies ?? []);

/** What is made and gone again before now, had the table been under its policies for as long as their rules reach. */
const pastOf = (scope: ForecastScope, { governing, table }: ForecastTable): readonly VirtualPoint[] => {
  const { formerly, instance, now, target } = scope;
  const policies = formerly ?? scope.policies;
  const from = monthOf(now, -1).start - lookBackDays(governing) * DAY_MS;
  const { points } = historyOf({
    ...{ policies, instance, target, from, to: now },
    table: {
      ...{ name: NAME, tableId: NAME, createdAt: from, bytesAt: () => EVEN_BYTES },
      tags: tagsThatCount(table, policies),
    },
  });
  const since = monthOf(now, -1).start;
  return points.slice(1).filter(({ goneAt }) => goneAt !== undefined && goneAt > since);
};

/** Checks whether a table can have had a recovery point: not before its policy governed it, and not where it is still there. */
const wasMade = (
  one: ForecastTable,
  governing: readonly Policy[],
  sinceOf: ReturnType<typeof governedSinceIn>,
): ((made: VirtualPoint) => boolean) => {
  const isThere = new Set(one.present.map(({ point }) => slotKey(point)));
  const since = new Map(governing.map(({ name }) => [name, sinceOf(one, name)]));
  return ({ point }) =>
    point.createdAt >= (since.get(point.origin?.policy ?? '') ?? Number.POSITIVE_INFINITY) &&
    !isThere.has(slotKey(point));
};

const slotKey = ({ location: { target, vault }, origin }: RecoveryPoint): string =>
  [origin?.policy, origin?.slot, vault, target.accountId, target.region].join(' ');

const sized = (one: VirtualPoint, bytes: number | undefined, target: Target): BilledPoint => {
  const { bytes: _, ...billed } = billedOf(one, target);
  return { ...billed, ...(bytes !== undefined && { bytes }) };
};

const isHeldOf = (held: HeldByGuardrail | undefined, only: string | undefined): held is HeldByGuardrail =>
  held !== undefined && (only === undefined || held.policies.includes(only));

/**
 * Makes forecasts for the tables of an account until the end of a month: the plan itself decides what is made and what expires, as if nothing failed.
 * Tables with the same policies and the same slots share the work.
 */
export const createForecaster = (
  scope: ForecastScope,
  { end }: Month,
): ((one: ForecastTable) => Forecast) => {
  const courses = new Map<string, Courses>();
  const sharedBackups: SharedBackups = new Map();
  const sinceOf = governedSinceIn(scope.memory, scope.now);
  const pasts = new Map<string, readonly VirtualPoint[]>();
  const known = <Value>(cache: Map<string, Value>, key: string, make: () => Value): Value => {
    const value = cache.get(key) ?? make();
    cache.set(key, value);
    return value;
  };
  const { only, target } = scope;
  const isWanted = ({ point }: VirtualPoint) => only === undefined || point.origin?.policy === only;
  return (one) => {
    const { present, table } = one;
    const governing = governedBefore(scope, one);
    const bytes = table.details?.sizeBytes ?? 0;
    const { all, held } = known(courses, courseKey(one, scope.policies), () =>
      courseOf(scope, one, end, sharedBackups),
    );
    const past = known(
      pasts,
      JSON.stringify([
        governing.map(({ name }) => name),
        tagsThatCount(table, scope.formerly ?? scope.policies),
      ]),
      () => (governing.length === 0 ? [] : pastOf(scope, { ...one, governing })),
    );
    return {
      ...(isHeldOf(held, only) && { held }),
      ahead: all
        .filter((course) => isWanted(course.one))
        .map(({ index, one: point }) =>
          sized(point, index === undefined ? bytes : present[index]?.point.sizeBytes, target),
        ),
      gone: past
        .filter(isWanted)
        .filter(wasMade(one, governing, sinceOf))
        .map((point) => sized(point, bytes, target)),
    };
  };
};
