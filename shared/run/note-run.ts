import { policiesDigest } from '../core/policy/policies-digest.ts';
import { messageOf } from '../model/errors.ts';
import type { Parts } from './parts.ts';

type Noting = Pick<Parts, 'clock' | 'log' | 'policies' | 'runNotes'>;

/**
 * Given the name of a function and whether its run was whole, writes down that it ran. At the edge a note that cannot be written is logged:
 * only the doctor reads it.
 */
export const noteRun = async (noting: Noting, name: string, whole: boolean): Promise<void> => {
  const { clock, log, policies, runNotes } = noting;
  try {
    await runNotes.write({ name, at: clock.now(), whole, policiesDigest: policiesDigest(policies) });
  } catch (error) {
    log.warn('the run could not be noted', { name, reason: messageOf(error) });
  }
};
