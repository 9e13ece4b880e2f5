import type { Instant } from '../../model/instant.ts';

/** Whether each is of a slot of its own, newest first, as most series are listed. What is listed twice has one slot, because its name states it. */
export const areOfOwnSlots = (points: readonly { readonly slot: Instant }[]): boolean => {
  let last = Number.POSITIVE_INFINITY;
  for (const { slot } of points) {
    if (slot >= last) return false;
    last = slot;
  }
  return true;
};
