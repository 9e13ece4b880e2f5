import { singleLine } from '../../shared/core/text/words.ts';
import type { Screen } from './colour.ts';

/**
 * The least room worth a line, in characters; on a narrower screen lines run on and the terminal
 * breaks them.
 */
const LEAST_ROOM = 24;

/** Where text begins on its first line and on the following ones, in characters from the left. */
export interface Placing {
  readonly first: number;
  readonly hang: number;
}

/** Empty text has no words, rather than one empty word. */
const wordsOf = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

/**
 * Breaks text into lines, without what stands left of them. A word is never broken, so that names
 * and commands can be copied. A screen without a width, or with almost none, breaks no line. The
 * first line is empty if it has no room left.
 */
export const brokenLines = (text: string, { first, hang }: Placing, { width }: Screen): readonly string[] => {
  const clean = singleLine(text);
  if (width === undefined || width - hang < LEAST_ROOM) return [clean];
  const lines: string[] = [];
  let line = '';
  let room = width - first;
  for (const word of wordsOf(clean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > room) {
      lines.push(line);
      line = word;
      room = width - hang;
    } else line = longer;
  }
  return [...lines, line];
};

/** Formats a paragraph of its own as lines behind an indent. Empty for empty text. */
export const paragraph = (text: string, indent: string, screen: Screen): readonly string[] =>
  brokenLines(text, { first: indent.length, hang: indent.length }, screen)
    .filter((line) => line !== '')
    .map((line) => indent + line);
