import { type Drill, type DrillState, MOST_PAST_DRILLS } from '../../model/drill.ts';
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

/** Whether a drill says nothing of restores, because its table was emptied. */
export const isOfEmptied = ({ failure }: Drill): boolean =>
  failure?.kind === 'own' && failure.code === 'source-emptied';

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

/** A restore that was refused costs nothing. */
const isCharged = ({ phase, acceptedAt }: Drill): boolean => phase !== 'ended' || acceptedAt !== undefined;

const costOf = (drills: readonly Drill[], month: number): number =>
  drills
    .filter((drill) => monthOf(drill.plannedAt) === month && isCharged(drill))
    .reduce((sum, { usd }) => sum + usd, 0);

/** Sums what the drills cost that began in the calendar month (UTC) of an instant, with those that are not kept any more. */
export const spentInMonth = (states: readonly DrillState[], now: Instant): number => {
  const month = monthOf(now);
  return states
    .map((state) => costOf(drillsOf(state), month) + (state.beyond?.month === month ? state.beyond.usd : 0))
    .reduce((sum, usd) => sum + usd, 0);
};

/**
 * Puts a drill that ended before the others of its table. SAFETY: what is not kept of them is summed for its month, or several policies of daily
 * drills would spend more than their cap, which nobody would see.
 */
export const withEnded = (state: DrillState, ended: Drill): DrillState => {
  const past = [ended, ...state.past];
  const dropped = past.slice(MOST_PAST_DRILLS);
  const month = Math.max(state.beyond?.month ?? 0, ...dropped.map(({ plannedAt }) => monthOf(plannedAt)));
  const before = state.beyond?.month === month ? state.beyond.usd : 0;
  return {
    ...state,
    past: past.slice(0, MOST_PAST_DRILLS),
    ...(dropped.length > 0 && { beyond: { month, usd: before + costOf(dropped, month) } }),
  };
};
