import { nextDeferred } from '../core/plan/deferred.ts';
import { messageOf } from '../model/errors.ts';
import type { DeferralMemory, DigestMemory, Memory } from '../model/memory.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Deps } from './deps.ts';
import type { Look } from './look.ts';

/** What came of a run after it was planned: what became of its actions, and the digest that it sent if it did. */
export interface Aftermath {
  readonly outcomes: readonly Outcome[];
  readonly digest?: DigestMemory | undefined;
}

/** Only a run that backs up knows what had to be put off. */
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
 * Given what a run saw and what came of it, writes what the next one needs to know. At the edge a run that could not read the memory writes none, and a
 * memory that could not be written is a failure of the run: it sharpens findings only, so the next run is right without it.
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
