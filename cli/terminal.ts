import { randomInt } from 'node:crypto';
import type { TerminalOptions } from '../shared/run/compose.ts';
import type { Paint, Tone } from './view/colour.ts';

/** Where a command is typed: everything it reads from its surroundings and writes to them. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** What replaces time and the wire; nothing outside of tests. */
  readonly seat: Pick<TerminalOptions, 'clock' | 'credentials' | 'requestHandler'>;
  /** Makes a profile the one that AWS clients take their credentials from. */
  selectProfile(name: string): void;
  /** Resolves when the person asks for the end (Ctrl-C). */
  untilInterrupted(): Promise<void>;
}

/** Where text goes. */
export interface Stream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** In characters, where the stream is a terminal that tells. */
  readonly columns: number | undefined;
}

/** Who reads a pipe may have read enough. */
const ignoreClosedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
};

/** Given one of the process's streams, returns it as ours. Nothing else in the CLI writes. At the edge a pipe that was closed is written to in vain. */
export const streamOf = (stream: NodeJS.WriteStream): Stream => {
  stream.on('error', ignoreClosedPipe);
  return {
    write: (text) => {
      stream.write(text);
    },
    get isTerminal() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.isTTY === true ? stream.columns : undefined;
    },
  };
};

/** Given lines, returns them as text that ends in a line break. At the edge nothing comes of no lines. */
export const textOf = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${lines.join('\n')}\n`;

/** What each tone switches on, and off again, in the codes of a terminal. */
const CODES: Readonly<Record<Tone, readonly [number, number]>> = {
  good: [32, 39],
  bad: [31, 39],
  warning: [33, 39],
  muted: [2, 22],
  strong: [1, 22],
};

/** Nobody outside of this process knows it, so no text that comes from outside can hold a mark of ours. */
const KEY = randomInt(2 ** 40, 2 ** 47);

const mark = (code: number): string => `\u001b[${KEY};${code}m`;

/** Every mark that `colours` makes, with its code. */
export const OWN_MARK = new RegExp(`\\u001b\\[${KEY};(\\d{1,2})m`, 'g');

/**
 * Paints with marks that only this process makes, which `sanitizeTerminal` turns into colours as the text is written.
 * SAFETY: whatever else looks like a colour is somebody's text, and could hide words or make a bad word green.
 */
export const colours: Paint = (tone, text) => {
  const [on, off] = CODES[tone];
  return `${mark(on)}${text}${mark(off)}`;
};

/**
 * Cursors, titles, colours, direction of writing, and what nobody sees: whatever is not shown as itself. Line breaks are ours. The letters that
 * Unicode lets programs leave out (fillers, joiners, selectors) are among it.
 */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}](?<!\n)/gu;

const blank = (text: string): string => text.replaceAll(UNSHOWN, (char) => ' '.repeat(char.length));

/**
 * Given text that is about to be written to a person, returns it so that it shows nothing but itself: everything that a terminal would obey or
 * hide is spaces of the same width, except colours of our own (`colours`) and line breaks. Whatever is printed comes through here, so that no
 * tag, policy file or answer can rewrite a screen, hide a word or paint one.
 */
export const sanitizeTerminal = (text: string): string => {
  const pieces = text.split(OWN_MARK);
  // Every second piece is the code of a mark.
  return pieces.map((piece, index) => (index % 2 === 1 ? `\u001b[${piece}m` : blank(piece))).join('');
};

/** Given the text of a JSON document, or of a log, returns the same with everything unshown written as an escape. */
export const harmlessJson = (text: string): string =>
  text.replaceAll(UNSHOWN, (char) =>
    Array.from(
      { length: char.length },
      (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
