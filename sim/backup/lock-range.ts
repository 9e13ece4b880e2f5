import type { Lifecycle } from './lifecycle.ts';
import type { Vault } from './vaults.ts';

/** Whether a vault's lock lets in a point that is kept for so many days. One that is kept for ever is longer than any maximum. */
export const isInRange = ({ lock }: Vault, lifecycle: Lifecycle | undefined, ageDays = 0): boolean => {
  const days = (lifecycle?.DeleteAfterDays ?? Number.POSITIVE_INFINITY) - ageDays;
  return days >= (lock?.minDays ?? 0) && days <= (lock?.maxDays ?? Number.POSITIVE_INFINITY);
};
