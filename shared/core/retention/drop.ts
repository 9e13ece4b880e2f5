import { DAY_MS } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';

/** How many times smaller a table must be: by less, it changed and was not emptied. */
const TIMES_SMALLER = 10;

/** Below this size, a table can lose its content in a normal day's work. */
const LEAST_BYTES = 1024 ** 2;

/**
 * How long the larger recovery points are kept after the drop: as long as DynamoDB keeps its own backup of a deleted
 * table, which is time for several weekly reminders.
 */
export const DROP_KEPT_MS = 35 * DAY_MS;

/** A recovery point whose size is known: one without says nothing of a drop, in either direction. */
export interface SizedPoint extends RecoveryPoint {
  readonly sizeBytes: number;
}

const isSized = (point: RecoveryPoint): point is SizedPoint => point.sizeBytes !== undefined;

/** The loss of nearly everything that a table had, as the sizes of its recovery points show it. */
export interface Drop {
  readonly newest: SizedPoint;
  /** Those more than ten times as large as the newest, newest first, at least one. */
  readonly larger: readonly [SizedPoint, ...SizedPoint[]];
  /** The first one after the last larger one; it dates the drop. */
  readonly first: SizedPoint;
}

/** Whether sizes so far apart may show a drop. */
export const mayShowDrop = ({ least, most }: { readonly least: number; readonly most: number }): boolean =>
  most >= LEAST_BYTES && most > least * TIMES_SMALLER;

const byMaking = (a: RecoveryPoint, b: RecoveryPoint): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1);

/** Finds the drop in the sizes of one table's recovery points, of all its policies: they copy the same items. Undefined where there is none. */
export const dropOf = (unsorted: readonly RecoveryPoint[]): Drop | undefined => {
  const points = unsorted.filter(isSized).toSorted(byMaking);
  const [newest] = points;
  if (newest === undefined) return undefined;
  const least = Math.max(LEAST_BYTES, newest.sizeBytes * TIMES_SMALLER + 1);
  const [last, ...others] = points.filter(({ sizeBytes }) => sizeBytes >= least);
  if (last === undefined) return undefined;
  const first = points[points.indexOf(last) - 1] ?? newest;
  return { newest, larger: [last, ...others], first };
};
