import type { StreamPoint } from '../scene/stream.ts';

/**
 * Given the recovery points that count, newest first, returns those that never expire whatever the rules say: the newest by slot, and the
 * newest by creation, which is another one only where a clock was wrong. At the edge: none of none.
 */
export const floorOf = (counted: readonly StreamPoint[]): ReadonlySet<StreamPoint> => {
  const [newest] = counted;
  if (newest === undefined) return new Set();
  const latest = counted.reduce((found, point) =>
    point.recoveryPoint.createdAt > found.recoveryPoint.createdAt ? point : found,
  );
  return new Set([newest, latest]);
};
