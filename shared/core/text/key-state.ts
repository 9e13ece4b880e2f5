import type { LockingKey } from '../../model/key-facts.ts';
import { utcText } from './time.ts';

/** Says what keeps a key from being used, after its name: `is disabled`. */
export const keyStateText = ({ deletesAt, state }: LockingKey): string => {
  if (state === 'disabled') return 'is disabled';
  if (state === 'gone') return 'is not there any more';
  if (state === 'unusable') return 'cannot be used';
  return deletesAt === undefined ? 'waits for its deletion' : `KMS deletes on ${utcText(deletesAt)}`;
};
