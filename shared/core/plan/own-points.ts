import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { parseRecoveryPointName, type RecoveryPointOrigin } from '../../model/recovery-point-name.ts';
import type { OwnRecoveryPoint } from '../checks/context.ts';
import type { StreamPoint } from '../retention/stream.ts';

/** A recovery point of this deployment, as both retention and the checks want it. */
export interface OwnPoint extends OwnRecoveryPoint, StreamPoint {}

/** The recovery points of this deployment, of one table and one policy, whether or not either still exists. */
export interface OwnPoints {
  readonly table: string;
  readonly policy: string;
  /** Newest slot first. */
  readonly points: readonly OwnPoint[];
}

/** Names recur from table to table, and reading one is the dearest step, so each is read once. */
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
 * Given a table and a policy, returns the key of its recovery points. At the edge no two share one, for no name holds a space or sorts
 * before it.
 */
export const streamKey = (table: string, policy: string): string => `${table} ${policy}`;

/**
 * Given every recovery point there is, returns those that this deployment made, by `streamKey`, in its order. At the edge whatever its
 * name does not prove to be of this instance is left out here, and so is out of reach of everything that follows.
 */
export const ownPoints = (
  recoveryPoints: readonly RecoveryPoint[],
  instance: string,
): ReadonlyMap<string, OwnPoints> => {
  const originOf = nameReader();
  const found = new Map<string, { table: string; policy: string; points: OwnPoint[] }>();
  for (const recoveryPoint of recoveryPoints) {
    const origin = originOf(recoveryPoint.name);
    if (origin === undefined || origin.instance !== instance) continue;
    const { policy, slot } = origin;
    const key = streamKey(recoveryPoint.tableName, policy);
    const own = found.get(key) ?? { table: recoveryPoint.tableName, policy, points: [] };
    own.points.push({ recoveryPoint, origin, slot });
    found.set(key, own);
  }
  const sorted = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([key, own]) => [key, { ...own, points: own.points.toSorted(newestFirst) }]));
};
