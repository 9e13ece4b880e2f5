import { nextDeferred } from '../core/plan/deferred.ts';
import { messageOf } from '../model/errors.ts';
import type { DeferralMemory, DigestMemory, Memory } from '../model/memory.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Deps } from './deps.ts';
import type { Look } from './look.ts';

/**
 * The result of a planned run: the outcomes of its actions, and the digest that it sent, if any.
 */
export interface Aftermath {
  readonly outcomes: readonly Outcome[];
  readonly digest?: DigestMemory | undefined;
}

/** Only a run that backs up knows what was deferred. */
const deferredAfter = ({ plan }: Look, { outcomes }: Aftermath): DeferralMemory | undefined =>
  plan.mode === 'protect'
    ? nextDeferred(plan.memory.deferred, outcomes, plan.plannedAt)
    : plan.memory.deferred;

const memoryAfter = (seen: Look, aftermath: Aftermath): Memory => {
  const { deferred: _, ...memory } = seen.plan.memory;
  const deferred = deferredAfter(seen, aftermath);
  const { digest } = aftermath;
  return {
    ...memory,
    ...(deferred !== undefined && { deferred }),
    ...(digest !== undefined && { digest }),
  };
};

/**
 * Saves what the next run needs from what this one saw and did. A run that could not read the
 * memory saves none. A memory that could not be saved is a failure of the run: it only sharpens
 * findings, so the next run is right without it.
 */
export const remember = async (
  { stateStore }: Pick<Deps, 'stateStore'>,
  seen: Look,
  aftermath: Aftermath,
): Promise<readonly string[]> => {
  if (seen.gaps.length > 0) return [];
  try {
    await stateStore.saveMemory(seen.memory, memoryAfter(seen, aftermath));
    return [];
  } catch (error) {
    return [`the memory could not be saved: ${messageOf(error)}`];
  }
};
