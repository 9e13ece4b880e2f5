import { singleLine } from '../../shared/core/text/words.ts';
import type { Screen } from './colour.ts';

/** Room for text that is worth a line, in characters; on a narrower screen lines run on and the terminal breaks them. */
const LEAST_ROOM = 24;

/** Where text begins on its first line and on those after it, in characters from the left. */
export interface Placing {
  readonly first: number;
  readonly hang: number;
}

/** No text has no words, and not an empty one. */
const wordsOf = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

/**
 * Given text and where it stands, returns its lines without what stands left of them. At the edge a word is never broken, so that names and
 * commands can be copied; a screen without a width, or with next to none, breaks no line; and where the first line has no room left, it
 * is empty.
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

/** Given text and an indent, returns its lines behind the indent, for paragraphs that stand alone. At the edge nothing comes of no text. */
export const paragraph = (text: string, indent: string, screen: Screen): readonly string[] =>
  brokenLines(text, { first: indent.length, hang: indent.length }, screen)
    .filter((line) => line !== '')
    .map((line) => indent + line);
