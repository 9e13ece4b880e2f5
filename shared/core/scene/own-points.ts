import type { Observation } from '../../model/observation.ts';
import { isCopy, type RecoveryPoint, type RecoveryPointOrigin } from '../../model/recovery-point.ts';
import type { Target } from '../../model/target.ts';
import type { SeriesPoint } from './series.ts';
import { addToFacts, areOfOwnSlots, type GrowingFacts, noFacts, type SeriesFacts } from './series-facts.ts';

/** A recovery point of this deployment, and what it says of itself. */
export interface OwnRecoveryPoint {
  readonly recoveryPoint: RecoveryPoint;
  readonly origin: RecoveryPointOrigin;
}

/** A recovery point of this deployment, in the form that both retention and the checks need. */
export interface OwnPoint extends OwnRecoveryPoint, SeriesPoint {}

/** The recovery points of this deployment, of one table and one policy, whether or not either still exists. */
export interface OwnedRecoveryPoints {
  readonly table: string;
  readonly policy: string;
  /** Newest slot first. */
  readonly points: readonly OwnPoint[];
}

/** The same as a run saw it, with what its recovery points have in common. */
export interface OwnSeries extends OwnedRecoveryPoints {
  readonly facts: SeriesFacts;
}

/** Series by `seriesKey`, in order. */
export type OwnSeriesByKey = ReadonlyMap<string, OwnSeries>;

const newestFirst = (a: OwnPoint, b: OwnPoint): number =>
  b.slot - a.slot ||
  b.recoveryPoint.createdAt - a.recoveryPoint.createdAt ||
  (a.recoveryPoint.id < b.recoveryPoint.id ? -1 : 1);

/** Most series are listed in the order of their slots. */
const inOrder = (points: readonly OwnPoint[]): readonly OwnPoint[] =>
  areOfOwnSlots(points) ? points : points.toSorted(newestFirst);

/**
 * Returns the key for the recovery points of a table under a policy. It is unique, because no name contains a space or a character that sorts before
 * it.
 */
export const seriesKey = (table: string, policy: string): string => `${table} ${policy}`;

/** A series that is being gathered. */
interface Gathered {
  readonly points: OwnPoint[];
  readonly facts: GrowingFacts;
}

type Groups = Map<string, Map<string, Gathered>>;

const gatheredOf = (byTable: Groups, table: string, policy: string): Gathered => {
  const byPolicy = byTable.get(table) ?? new Map<string, Gathered>();
  if (byPolicy.size === 0) byTable.set(table, byPolicy);
  const known = byPolicy.get(policy);
  if (known !== undefined) return known;
  const gathered = { points: [], facts: noFacts() };
  byPolicy.set(policy, gathered);
  return gathered;
};

const add = (byTable: Groups, recoveryPoint: RecoveryPoint, origin: RecoveryPointOrigin): void => {
  const { points, facts } = gatheredOf(byTable, recoveryPoint.tableName, origin.policy);
  points.push({ recoveryPoint, origin, slot: origin.slot });
  addToFacts(facts, recoveryPoint, origin.slot);
};

const seriesIn = (byTable: Groups): OwnSeriesByKey => {
  const series = [...byTable].flatMap(([table, byPolicy]) =>
    [...byPolicy].map(([policy, { points, facts }]): readonly [string, OwnSeries] => [
      seriesKey(table, policy),
      { table, policy, points: inOrder(points), facts },
    ]),
  );
  return new Map(series.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

/** Lists the recovery points that cannot be restored, or not yet. */
export const unavailableIn = (own: OwnSeriesByKey): readonly OwnPoint[] =>
  [...own.values()]
    .filter(({ facts }) => !facts.areAvailable)
    .flatMap(({ points }) => points.filter(({ recoveryPoint }) => recoveryPoint.status !== 'available'));

/** Recovery points of this deployment at home, and copies of them. */
export interface OwnPoints {
  readonly own: OwnSeriesByKey;
  readonly copies: OwnSeriesByKey;
}

/** A list has one place for all that it lists, which is compared once. */
const copiesAwayFrom = (home: Target): ((point: RecoveryPoint) => boolean) => {
  let atHome: RecoveryPoint['location'] | undefined;
  return (point) => {
    const { copyOf, location } = point;
    if (copyOf === undefined && location === atHome) return false;
    if (isCopy(point, home)) return true;
    atHome = location;
    return false;
  };
};

/**
 * SAFETY: the only place that decides which recovery points count and may expire. One whose origin
 * is not this instance is dropped and can never be deleted; a copy fills no slot and displaces
 * nothing at home, and nothing that happens at home deletes it. Groups the recovery points that
 * this deployment made of its tables by `seriesKey`.
 */
export const ownPointsIn = (
  { recoveryPoints, target }: Pick<Observation, 'recoveryPoints' | 'target'>,
  instance: string,
): OwnPoints => {
  const own: Groups = new Map();
  const copies: Groups = new Map();
  const isAway = copiesAwayFrom(target);
  // Lists begin with the oldest, and series with the newest.
  for (let at = recoveryPoints.length - 1; at >= 0; at -= 1) {
    const recoveryPoint = recoveryPoints[at];
    const origin = recoveryPoint?.origin;
    if (recoveryPoint === undefined || origin === undefined || origin.instance !== instance) continue;
    add(isAway(recoveryPoint) ? copies : own, recoveryPoint, origin);
  }
  return { own: seriesIn(own), copies: seriesIn(copies) };
};
