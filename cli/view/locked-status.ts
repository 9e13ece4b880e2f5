import type { PointLock } from '../../shared/model/key-facts.ts';

/** What stands in the way of restoring one, in the words of its column. */
const LOCKED = {
  disabled: 'key disabled',
  ending: 'key ending',
  gone: 'key gone',
  unusable: 'key unusable',
} as const;

/** Words in a column what keeps a recovery point from being restored. */
export const statusOfLocked = ({ isUnsure, state }: PointLock): string =>
  isUnsure === true ? 'key not known' : LOCKED[state];
