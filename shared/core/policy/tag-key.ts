import { distance } from 'fastest-levenshtein';
import type { StrayTag } from '../../model/observation.ts';
import type { TaggedTable } from '../../model/table.ts';
import { OPT_OUT } from './govern.ts';

// A short first part with a slip in it is another word: `a:hold` is not `b:hold`.
const LEAST_LETTERS_TO_SLIP = 4;

/** Normalizes the key of a tag by removing invisible differences: full-width letters, capitals, spaces and hidden characters. */
export const plainKey = (key: string): string =>
  key
    .normalize('NFKC')
    .replaceAll(/[\p{C}\p{Z}]/gu, '')
    .toLowerCase();

/** Letters and digits alone. */
const wordOf = (key: string): string => plainKey(key).replaceAll(/[^\p{L}\p{N}]/gu, '');

const lastPartOf = (key: string): string => wordOf(plainKey(key).split(/[:/]/).at(-1) ?? '');

/** One slip in the first part: `backups:hold`. One in the last part may be another word, such as `backup:cold`. */
const isSlip = (word: string, whole: string, last: string): boolean =>
  whole.length - last.length >= LEAST_LETTERS_TO_SLIP && word.endsWith(last) && distance(word, whole) <= 1;

/**
 * Whether the author of `key` probably meant the tag `wanted`: with other letters, separators or spaces, with a typo in the first part, or the last
 * part alone (`Backup:Hold`, `backup-hold`, `backups:hold` and `Hold` for `backup:hold`).
 */
export const looksLikeKey = (key: string, wanted: string): boolean => {
  const [word, whole, last] = [wordOf(key), wordOf(wanted), lastPartOf(wanted)];
  if (key === wanted || word === '') return false;
  return word === whole || word === last || isSlip(word, whole, last);
};

/**
 * Finds, on tables without the policy tag, the tags that were probably meant as it. The value
 * `none` under such a key is not one of them, because its author wants no backup anyway.
 */
export const strayTagsOf = (tables: readonly TaggedTable[], policyTag: string): readonly StrayTag[] =>
  tables
    .filter(({ tags }) => !Object.hasOwn(tags, policyTag))
    .flatMap(({ name, tags }) =>
      Object.entries(tags)
        .filter(([key, value]) => looksLikeKey(key, policyTag) && value.trim().toLowerCase() !== OPT_OUT)
        .map(([key, value]) => ({ table: name, key, value })),
    );
