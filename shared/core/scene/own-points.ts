import type { Observation } from '../../model/observation.ts';
import { isCopy, type RecoveryPoint, type RecoveryPointOrigin } from '../../model/recovery-point.ts';
import type { StreamPoint } from './stream.ts';

/** A recovery point of this deployment, and what it says of itself. */
export interface OwnRecoveryPoint {
  readonly recoveryPoint: RecoveryPoint;
  readonly origin: RecoveryPointOrigin;
}

/** A recovery point of this deployment, in the form that both retention and the checks need. */
export interface OwnPoint extends OwnRecoveryPoint, StreamPoint {}

/** The recovery points of this deployment, of one table and one policy, whether or not either still exists. */
export interface OwnedRecoveryPoints {
  readonly table: string;
  readonly policy: string;
  /** Newest slot first. */
  readonly points: readonly OwnPoint[];
}

const newestFirst = (a: OwnPoint, b: OwnPoint): number =>
  b.slot - a.slot ||
  b.recoveryPoint.createdAt - a.recoveryPoint.createdAt ||
  (a.recoveryPoint.id < b.recoveryPoint.id ? -1 : 1);

/**
 * Returns the key for the recovery points of a table under a policy. It is unique, because no name contains a space or a character that sorts before
 * it.
 */
export const streamKey = (table: string, policy: string): string => `${table} ${policy}`;

type Grouped = ReadonlyMap<string, ReadonlyMap<string, readonly OwnPoint[]>>;

const grouped = (byTable: Grouped): readonly (readonly [string, OwnedRecoveryPoints])[] =>
  [...byTable].flatMap(([table, byPolicy]) =>
    [...byPolicy].map(([policy, points]) => {
      const own: OwnedRecoveryPoints = { table, policy, points: points.toSorted(newestFirst) };
      return [streamKey(table, policy), own] as const;
    }),
  );

/** Groups by `streamKey`, in the order given, the points of this deployment that are wanted. */
const ownedOf = (
  { recoveryPoints }: Pick<Observation, 'recoveryPoints'>,
  instance: string,
  isWanted: (recoveryPoint: RecoveryPoint) => boolean,
): ReadonlyMap<string, OwnedRecoveryPoints> => {
  const byTable = new Map<string, Map<string, OwnPoint[]>>();
  for (const recoveryPoint of recoveryPoints) {
    const { origin } = recoveryPoint;
    if (origin === undefined || origin.instance !== instance || !isWanted(recoveryPoint)) continue;
    const point = { recoveryPoint, origin, slot: origin.slot };
    const byPolicy = byTable.get(recoveryPoint.tableName) ?? new Map<string, OwnPoint[]>();
    if (byPolicy.size === 0) byTable.set(recoveryPoint.tableName, byPolicy);
    const points = byPolicy.get(origin.policy);
    if (points === undefined) byPolicy.set(origin.policy, [point]);
    else points.push(point);
  }
  return new Map(grouped(byTable).toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

/**
 * SAFETY: the only place that decides which recovery points count and may expire. One whose origin
 * is not this instance is dropped and can never be deleted; a copy fills no slot and displaces
 * nothing at home, and nothing that happens at home deletes it. Groups the recovery points that
 * this deployment made of its tables by `streamKey`, in the order given.
 */
export const ownedRecoveryPoints = (
  observation: Pick<Observation, 'recoveryPoints' | 'target'>,
  instance: string,
): ReadonlyMap<string, OwnedRecoveryPoints> =>
  ownedOf(observation, instance, (point) => !isCopy(point, observation.target));

/** Groups the copies of this deployment's recovery points by `streamKey`, in the order given. */
export const ownedCopies = (
  observation: Pick<Observation, 'recoveryPoints' | 'target'>,
  instance: string,
): ReadonlyMap<string, OwnedRecoveryPoints> =>
  ownedOf(observation, instance, (point) => isCopy(point, observation.target));
