import type { Drill, DrillState } from '../../model/drill.ts';
import type { Instant } from '../../model/instant.ts';
import { DRILL_LEVELS } from '../../model/policy.ts';
import type { TableDetails } from '../../model/table.ts';

/**
 * Indexes the drills of tables by name, without those of a former table that had it. SAFETY: what proves a restore of one table proves nothing of
 * another. A table whose id is not known has all.
 */
export const drillsByTable = (
  states: readonly DrillState[],
  tables: readonly {
    readonly name: string;
    readonly details?: Pick<TableDetails, 'tableId'> | undefined;
  }[],
): ReadonlyMap<string, DrillState> => {
  const ids = new Map(tables.map(({ name, details }) => [name, details?.tableId]));
  return new Map(
    states.map((state) => {
      const id = ids.get(state.table);
      const isOfIt = ({ tableId }: Drill): boolean => id === undefined || tableId === id;
      const { current, ...rest } = state;
      const past = state.past.filter(isOfIt);
      return [state.table, { ...rest, past, ...(current !== undefined && isOfIt(current) && { current }) }];
    }),
  );
};

/** The newest first. */
const drillsOf = (state: DrillState | undefined): readonly Drill[] => [
  ...(state?.current === undefined ? [] : [state.current]),
  ...(state?.past ?? []),
];

/** Returns the newest drill, under way or ended; of one policy where it is named. */
export const lastDrill = (state: DrillState | undefined, policy?: string): Drill | undefined =>
  drillsOf(state).find((drill) => policy === undefined || drill.policy === policy);

/** Returns the newest drill that proved something, and from when on nothing newer is needed to say so. A table that is being deleted is proved already. */
export const lastProof = (state: DrillState | undefined, policy?: string): Drill | undefined =>
  drillsOf(state).find(
    (drill) => drill.result === 'proved' && (policy === undefined || drill.policy === policy),
  );

/** Says how much a level proves: each proves what those below it do. */
const weightOf = ({ level }: Drill): number => DRILL_LEVELS.indexOf(level);

/**
 * Returns the newest of those drills that proved most: that something is listed, even today, says less than that a restore was compared last month.
 */
export const strongestProof = (state: DrillState | undefined): Drill | undefined =>
  drillsOf(state)
    .filter(({ result }) => result === 'proved')
    // One that is as strong and older comes later.
    .reduce<Drill | undefined>(
      (best, drill) => (best === undefined || weightOf(drill) > weightOf(best) ? drill : best),
      undefined,
    );

/** Returns when a drill was decided: when its checks were made. */
export const provedAt = ({ checkedAt, endedAt, plannedAt }: Drill): Instant =>
  checkedAt ?? endedAt ?? plannedAt;

/** Returns how long a drill took until its table was seen to be ready; undefined where none was made, or none came so far. */
export const restoreTookMs = ({ acceptedAt, activeAt }: Drill): number | undefined =>
  acceptedAt === undefined || activeAt === undefined ? undefined : activeAt - acceptedAt;

/** Returns how long a drill took, or takes already, at the least: until its table was last seen not ready. */
export const restoreLeastMs = ({ acceptedAt, unreadyAt = acceptedAt }: Drill): number | undefined =>
  acceptedAt === undefined || unreadyAt === undefined ? undefined : unreadyAt - acceptedAt;

/** Counts months since the year 0, in UTC. */
const monthOf = (at: Instant): number => {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

/** Sums what the drills cost that began in the calendar month (UTC) of an instant. A restore that was refused costs nothing. */
export const spentInMonth = (states: readonly DrillState[], now: Instant): number =>
  states
    .flatMap(drillsOf)
    .filter(
      ({ plannedAt, phase, acceptedAt }) =>
        monthOf(plannedAt) === monthOf(now) && (phase !== 'ended' || acceptedAt !== undefined),
    )
    .reduce((sum, { usd }) => sum + usd, 0);
