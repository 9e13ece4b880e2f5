import { distance } from 'fastest-levenshtein';
import type { StrayTag } from '../../model/observation.ts';
import type { TaggedTable } from '../../model/table.ts';
import { OPT_OUT } from './govern.ts';

// A short first part with a slip in it is another word: `a:hold` is not `b:hold`.
const LEAST_LETTERS_TO_SLIP = 4;

// A short key of one part is one slip from many other words: `team`, `teams`.
const LEAST_LETTERS_ALONE = 6;

const zip = (from: string, to: string): readonly (readonly [string, string])[] =>
  [...from].map((letter, index) => [letter, to.charAt(index)]);

/** Normalizes the key of a tag by removing invisible differences: full-width letters, capitals, spaces and hidden characters. */
export const plainKey = (key: string): string =>
  key
    .normalize('NFKC')
    .replaceAll(/[\p{C}\p{Z}]/gu, '')
    .toLowerCase();

// Letters of other alphabets that nobody can tell from Latin ones: Cyrillic, then Greek.
const TWINS = new Map([
  ...zip('авекмнорстухіјѕһԁӏ', 'abekmhopctyxijshdl'),
  ...zip('αεικνορτυχγ', 'aeikvoptuxy'),
]);

const untwinned = (letter: string): string => TWINS.get(letter) ?? letter;

const letterWordOf = (key: string): string =>
  plainKey(key)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replaceAll(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu, untwinned);

// Nearly every key, in every run: it takes the short way.
const PLAIN_ASCII = /^[\x20-\x7e]*$/;

/** Letters and digits alone, without accents, and in Latin where they look so. */
const wordOf = (key: string): string =>
  PLAIN_ASCII.test(key) ? key.toLowerCase().replaceAll(/[^a-z0-9]/g, '') : letterWordOf(key);

const lastPartOf = (key: string): string => wordOf(plainKey(key).split(/[:/]/).at(-1) ?? '');

/** Two neighbours changed places: `bakcup`. */
const isSwapped = (word: string, wanted: string): boolean => {
  if (word.length !== wanted.length) return false;
  const at = [...wanted].findIndex((letter, index) => letter !== word[index]);
  const [one = '', other = ''] = wanted.slice(at, at + 2);
  return word === `${wanted.slice(0, at)}${other}${one}${wanted.slice(at + 2)}`;
};

const isOneSlip = (word: string, wanted: string): boolean =>
  distance(word, wanted) <= 1 || isSwapped(word, wanted);

/** A slip that leaves the first letter: with another one it may be another word, such as `backup:cold`. */
const isSlipAtEnd = (word: string, wanted: string, plural: string): boolean =>
  word === plural || (word.at(0) === wanted.at(0) && isOneSlip(word, wanted));

/** The letters of a wanted key: of all of it, and of its last part. */
interface Letters {
  readonly whole: string;
  readonly last: string;
  /** The last part, where it may be meant in the plural: `policies`. */
  readonly plural: string;
}

const lettersOf = (wanted: string): Letters => {
  const last = lastPartOf(wanted);
  return { whole: wordOf(wanted), last, plural: last.replace(/y$/, 'ies') };
};

/** One slip in the first part, `backups:hold`, or in the last, `backup:hodl`. */
const isSlip = (word: string, { whole, last, plural }: Letters): boolean => {
  const first = whole.slice(0, whole.length - last.length);
  if (word.endsWith(last) && first.length >= LEAST_LETTERS_TO_SLIP)
    return isOneSlip(word.slice(0, word.length - last.length), first);
  const least = first === '' ? LEAST_LETTERS_ALONE : LEAST_LETTERS_TO_SLIP;
  return (
    last.length >= least && word.startsWith(first) && isSlipAtEnd(word.slice(first.length), last, plural)
  );
};

/**
 * Returns whether the author of a key probably meant the tag `wanted`: with other letters, separators or spaces, with a typo in one of its parts, or the last
 * part alone (`Backup:Hold`, `backup-hold`, `backups:hold`, `backup:hodl` and `Hold` for `backup:hold`).
 */
export const looksLike = (wanted: string): ((key: string) => boolean) => {
  // The keys that are wanted are few, and are compared with every key of every table.
  const letters = lettersOf(wanted);
  return (key) => {
    if (key === wanted) return false;
    const word = wordOf(key);
    if (word === '') return false;
    return word === letters.whole || word === letters.last || isSlip(word, letters);
  };
};

/**
 * Finds, on tables without the policy tag, the tags that were probably meant as it. The value
 * `none` under such a key is not one of them, because its author wants no backup anyway.
 */
export const strayTagsOf = (tables: readonly TaggedTable[], policyTag: string): readonly StrayTag[] => {
  const isMeant = looksLike(policyTag);
  return tables
    .filter(({ tags }) => !Object.hasOwn(tags, policyTag))
    .flatMap(({ name, tags }) =>
      Object.entries(tags)
        .filter(([key, value]) => isMeant(key) && value.trim().toLowerCase() !== OPT_OUT)
        .map(([key, value]) => ({ table: name, key, value })),
    );
};
