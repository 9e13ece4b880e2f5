import type { CreateAction } from '../../model/action.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Policies } from '../../model/policy.ts';
import { latestSlot } from '../calendar/slots.ts';

/** How long a slot may wait for a state table that does not answer: four runs of the default rate. */
const LONGEST_WAIT_MS = 2 * HOUR_MS;

/** Slots closer than this have hardly two runs each, and do not wait. */
const CLOSE_SLOTS_MS = 2 * HOUR_MS;

const waitMs = ({ policy: name, slot }: CreateAction, { policies }: Policies): number => {
  const policy = policies.find((one) => one.name === name);
  if (policy === undefined) return LONGEST_WAIT_MS;
  const intervalMs = slot - latestSlot(policy, slot - 1);
  return intervalMs <= CLOSE_SLOTS_MS ? 0 : Math.min(LONGEST_WAIT_MS, intervalMs / 2);
};

/** What is known when a claim could not be written. */
export interface ClaimTrouble {
  /** Whether the state table is missing, as far as its answer shows. */
  readonly isTableMissing: boolean;
  /** Whether the list of recovery points was read whole, without the one that is to be made. */
  readonly listIsWhole: boolean;
  readonly policies: Policies;
  readonly now: Instant;
}

/**
 * SAFETY: decides between a second copy and no copy when a claim could not be written. A recovery
 * point is made anyway only if the list was read whole without it, and either there is no state
 * table, so that no run can hold a claim, or the slot has waited for two hours. Two runs at once
 * may then make two copies of one slot, which costs money; a missing copy costs data.
 */
export const mayGoWithoutClaim = (
  action: CreateAction,
  { isTableMissing, listIsWhole, policies, now }: ClaimTrouble,
): boolean => listIsWhole && (isTableMissing || now - action.slot >= waitMs(action, policies));
