import { messageOf } from '../model/errors.ts';
import type { DigestMemory } from '../model/memory.ts';
import type { Look } from './look.ts';
import type { Parts } from './parts.ts';

/**
 * Given what a run saw, and the digest that it sent if it did, writes what the next one needs to know of it. At the edge a run that could not read the memory writes none, and a
 * memory that could not be written is a failure of the run: it sharpens findings only, so the next run is right without it.
 */
export const remember = async (
  { stateStore }: Pick<Parts, 'stateStore'>,
  { memory, plan, gaps }: Look,
  digest?: DigestMemory,
): Promise<readonly string[]> => {
  if (gaps.length > 0) return [];
  try {
    await stateStore.saveMemory(memory, { ...plan.memory, ...(digest !== undefined && { digest }) });
    return [];
  } catch (error) {
    return [`the memory could not be saved: ${messageOf(error)}`];
  }
};
