import type { Instant } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';

interface Point {
  readonly recoveryPoint: RecoveryPoint;
  readonly slot: Instant;
}

/**
 * What the recovery points of a series have in common. Most questions about every recovery point of an account end here, with one look for each series
 * in place of one for each point.
 */
export interface SeriesFacts {
  /** When the oldest was made. */
  readonly oldestMadeAt: Instant;
  /** The newest slot. */
  readonly newestSlot: Instant;
  /** By how much a slot is later than its recovery point was made, at most; negative where none is. */
  readonly aheadMs: number;
  /** The incarnations of the table that they are of, each once. */
  readonly tableIds: ReadonlySet<string>;
  /** Whether each of them can be restored. */
  readonly areAvailable: boolean;
  readonly leastBytes: number;
  readonly mostBytes: number;
}

/** Looks at each recovery point of a series once. Without any, nothing is ahead and nothing is large. */
export const seriesFactsOf = (points: readonly Point[]): SeriesFacts => {
  const tableIds = new Set<string>();
  let [oldestMadeAt, leastBytes] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [newestSlot, aheadMs] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let mostBytes = 0;
  let areAvailable = true;
  let last: string | undefined;
  for (const { recoveryPoint, slot } of points) {
    const { createdAt, sizeBytes, status, tableId } = recoveryPoint;
    if (tableId !== last) tableIds.add(tableId);
    last = tableId;
    if (createdAt < oldestMadeAt) oldestMadeAt = createdAt;
    if (slot > newestSlot) newestSlot = slot;
    if (slot - createdAt > aheadMs) aheadMs = slot - createdAt;
    if (sizeBytes < leastBytes) leastBytes = sizeBytes;
    if (sizeBytes > mostBytes) mostBytes = sizeBytes;
    if (status !== 'available') areAvailable = false;
  }
  return { oldestMadeAt, newestSlot, aheadMs, tableIds, areAvailable, leastBytes, mostBytes };
};
