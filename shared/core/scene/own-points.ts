import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { parseRecoveryPointName, type RecoveryPointOrigin } from '../../model/recovery-point-name.ts';
import type { StreamPoint } from './stream.ts';

/** A recovery point of this deployment, and what its name says. */
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

/**
 * Names recur from table to table, and reading one is the most expensive step, so each is read
 * once.
 */
const nameReader = (): ((name: string) => RecoveryPointOrigin | undefined) => {
  const read = new Map<string, RecoveryPointOrigin | undefined>();
  return (name) => {
    if (!read.has(name)) read.set(name, parseRecoveryPointName(name));
    return read.get(name);
  };
};

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

/**
 * SAFETY: the only place that decides ownership. A point whose name does not prove this instance is
 * dropped and can never be deleted. Groups this deployment's recovery points by `streamKey`, in the
 * order given.
 */
export const ownedRecoveryPoints = (
  recoveryPoints: readonly RecoveryPoint[],
  instance: string,
): ReadonlyMap<string, OwnedRecoveryPoints> => {
  const originOf = nameReader();
  const byTable = new Map<string, Map<string, OwnPoint[]>>();
  for (const recoveryPoint of recoveryPoints) {
    const origin = originOf(recoveryPoint.name);
    if (origin === undefined || origin.instance !== instance) continue;
    const point = { recoveryPoint, origin, slot: origin.slot };
    const byPolicy = byTable.get(recoveryPoint.tableName) ?? new Map<string, OwnPoint[]>();
    if (byPolicy.size === 0) byTable.set(recoveryPoint.tableName, byPolicy);
    const points = byPolicy.get(origin.policy);
    if (points === undefined) byPolicy.set(origin.policy, [point]);
    else points.push(point);
  }
  return new Map(grouped(byTable).toSorted(([a], [b]) => (a < b ? -1 : 1)));
};
