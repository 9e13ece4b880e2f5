import { HOLD_TAG, type TaggedTable } from '../../model/table.ts';
import { looksLikeKey } from '../policy/tag-key.ts';

/**
 * What a table's tags say of its expiry: `none`, nothing stops it · `held`, it is stopped · `unclear`, a tag seems to be meant to stop it and
 * does not say so: it is stopped all the same, and people are told.
 */
export type Hold =
  | { readonly kind: 'none' }
  | { readonly kind: 'held' }
  | { readonly kind: 'unclear'; readonly key: string; readonly value: string };

type Tag = readonly [key: string, value: string];

const isClear = ([key]: Tag): boolean => key === HOLD_TAG;

const isMeant = (key: string): boolean => key === HOLD_TAG || looksLikeKey(key, HOLD_TAG);

const YES: readonly string[] = ['true'];
const NO: readonly string[] = ['false', 'no'];

const says = ([, value]: Tag, words: readonly string[]): boolean =>
  words.includes(value.trim().toLowerCase());

/**
 * Returns whether a table's tags stop expiry. `true` does, `false` and `no` do not, in any case and with spaces around. SAFETY: any other value of the tag
 * is unclear, the empty one too, and so is every value but a no under a key that only looks like it (`Backup:Hold`, `backup-hold`, `Hold`).
 */
export const holdOf = ({ tags }: Pick<TaggedTable, 'tags'>): Hold => {
  const meant = Object.entries(tags).filter(([key]) => isMeant(key));
  if (meant.some((tag) => isClear(tag) && says(tag, YES))) return { kind: 'held' };
  const unclear = meant.find((tag) => !says(tag, NO));
  return unclear === undefined ? { kind: 'none' } : { kind: 'unclear', key: unclear[0], value: unclear[1] };
};

/** Returns whether a table's tags say plainly that nothing stops its expiry, beside saying nothing of it. */
export const isHoldDenied = (table: Pick<TaggedTable, 'tags'>): boolean =>
  holdOf(table).kind === 'none' && Object.keys(table.tags).some(isMeant);
