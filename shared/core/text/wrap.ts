import type { Command } from '../../model/advice.ts';
import { shellWords } from '../../model/shell.ts';

/** What phones and terminals show without breaking lines themselves, in characters. */
const WIDTH = 76;

const fill = (words: readonly string[], room: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > room && line !== '') {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
};

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** Wraps text to lines of at most 76 characters, each behind the indent. A longer word has a line to itself, and no line ends in a space. */
export const wrapText = (text: string, indent = ''): readonly string[] =>
  fill(wordsOf(text), WIDTH - indent.length).map((line) => indent + line);

/**
 * Breaks a command between its words into lines that can be pasted as they are: all but the last end in a backslash, and all but the first
 * stand two further in. A word is never broken, nor what stands in it.
 */
export const wrapCommand = (command: Command, indent = ''): readonly string[] => {
  const lines = fill(shellWords(command), WIDTH - indent.length - 4);
  return lines.map((line, at) => {
    const start = at === 0 ? indent : `${indent}  `;
    return at === lines.length - 1 ? `${start}${line}` : `${start}${line} \\`;
  });
};
