import type { Instant } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';

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

/** Facts that are being gathered. */
export type GrowingFacts = { -readonly [Name in keyof SeriesFacts]: SeriesFacts[Name] } & {
  readonly tableIds: Set<string>;
};

/** Returns the facts of a series without recovery points: nothing is ahead and nothing is large. */
export const noFacts = (): GrowingFacts => ({
  oldestMadeAt: Number.POSITIVE_INFINITY,
  newestSlot: Number.NEGATIVE_INFINITY,
  aheadMs: Number.NEGATIVE_INFINITY,
  tableIds: new Set(),
  areAvailable: true,
  leastBytes: Number.POSITIVE_INFINITY,
  mostBytes: 0,
});

/** Adds a recovery point and its slot to the facts of its series. */
export const addToFacts = (facts: GrowingFacts, point: RecoveryPoint, slot: Instant): void => {
  const { createdAt, sizeBytes, status, tableId } = point;
  facts.tableIds.add(tableId);
  if (createdAt < facts.oldestMadeAt) facts.oldestMadeAt = createdAt;
  if (slot > facts.newestSlot) facts.newestSlot = slot;
  if (slot - createdAt > facts.aheadMs) facts.aheadMs = slot - createdAt;
  // What nobody says the size of is neither small nor large.
  if (sizeBytes !== undefined && sizeBytes < facts.leastBytes) facts.leastBytes = sizeBytes;
  if (sizeBytes !== undefined && sizeBytes > facts.mostBytes) facts.mostBytes = sizeBytes;
  if (status !== 'available') facts.areAvailable = false;
};

/** Whether each is of a slot of its own, newest first, as most series are listed. What is listed twice has one slot, because its name states it. */
export const areOfOwnSlots = (points: readonly { readonly slot: Instant }[]): boolean => {
  let last = Number.POSITIVE_INFINITY;
  for (const { slot } of points) {
    if (slot >= last) return false;
    last = slot;
  }
  return true;
};
