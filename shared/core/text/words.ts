import { type Failure, failureText } from '../../model/failure.ts';

/** Names in a finding before the rest is only counted. */
const LISTED = 20;

/** The longest piece of untrusted text in a sentence, in characters. */
const QUOTED_CHARS = 80;

/** Puts text from outside on one line, without control characters, which could rewrite what a terminal or mail shows. */
export const singleLine = (text: string): string => text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim();

/** Letters as people see them: a letter with its accents, a family of emoji. */
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A letter may be piled up without end; one longer than this, in code units, is cut between its characters. */
const LONGEST_LETTER = 64;

/** Where to cut at or before an offset between two characters, so that no letter is halved. */
const cutAt = (text: string, offset: number): number => {
  const from = Math.max(0, offset - LONGEST_LETTER);
  const around = text.slice(from, offset + LONGEST_LETTER);
  const letter = graphemes.segment(around).containing(offset - from);
  return letter === undefined || letter.index === 0 ? offset : from + letter.index;
};

/**
 * Truncates text from outside to so many characters, on one line. A cut is shown by `...`, and splits neither a character of two code units nor, if
 * possible, what people see as one letter.
 */
export const capped = (text: string, chars: number): string => {
  const clean = singleLine(text);
  if (clean.length <= chars) return clean;
  const letters = [...clean];
  if (letters.length <= chars) return clean;
  const prefix = letters.slice(0, chars - 3).join('');
  return `${clean.slice(0, cutAt(clean, prefix.length))}...`;
};

/** Matches what mail programs turn into a link, anywhere in a text. */
const LINKS = /:\/\/|\bwww\.|mailto:|javascript:/gi;

/**
 * Truncates text from outside as `capped` does, and leaves no link in it, because programs turn addresses into links by themselves and a tag's value
 * must not lead a reader anywhere. An address stays readable, with a space in its middle.
 */
export const cappedWithoutLinks = (text: string, chars: number): string =>
  capped(text, chars).replaceAll(LINKS, (start) => `${start.slice(0, 1)} ${start.slice(1)}`);

/** Quotes a tag's value or a service's words: their own quotation marks become single ones, long text is truncated. */
export const quoted = (text: string): string => `"${capped(text, QUOTED_CHARS).replaceAll('"', "'")}"`;

/** Quotes the key of a tag with its spaces, because one at its end may be what is wrong with it. */
export const quotedKey = (key: string): string => `"${key.replaceAll(/[\p{C}\p{Zl}\p{Zp}"]/gu, '')}"`;

/** A service's own words are cut here, in characters: at their end a denial says whose word it is. */
const REASON_CHARS = 500;

/** Quotes a service's own words so far that a denial still says what is not allowed on what: both stand behind the name of a role. */
export const quotedReason = (text: string): string => `"${capped(text, REASON_CHARS).replaceAll('"', "'")}"`;

/** More distinct reasons than these are no help. */
const REASONS = 3;

/** Writes the different ones of failures as one text, sorted: three of them, each cut to 500 characters and without its full stop. */
export const failuresText = (failures: readonly Failure[]): string =>
  [...new Set(failures.map((failure) => capped(failureText(failure), REASON_CHARS).replace(/\.$/, '')))]
    .toSorted()
    .slice(0, REASONS)
    .join('; ');

/** Formats a number with its noun: `1 table`, `1,200 tables`. Pass the plural of an irregular noun. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;

/** Chooses the form of a verb for a number: `1 table` is, `2 tables` are. */
export const verb = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** Lists the first twenty names in order and how many more there are: `A, B and 3 more`; `none` without names. */
export const listed = (names: readonly string[]): string => {
  const sorted = names.toSorted();
  const rest = sorted.length - LISTED;
  const shown = sorted.slice(0, LISTED).join(', ');
  if (sorted.length === 0) return 'none';
  return rest > 0 ? `${shown} and ${rest.toLocaleString('en-US')} more` : shown;
};
