import { randomInt } from 'node:crypto';
import type { TerminalOptions } from '../shared/run/compose.ts';
import type { Paint, Tone } from './view/colour.ts';

/** Where a command is typed: everything it reads from its environment and writes to it. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Replaces time and the wire; empty outside of tests. */
  readonly seat: Pick<TerminalOptions, 'clock' | 'credentials' | 'requestHandler' | 'wrapClient'>;
  /** Reads all of standard input. */
  readInput(): Promise<Uint8Array>;
  /** Asks a person and returns the answer; undefined at the end of the input. Absent where nobody can answer. */
  readonly ask?: (question: string) => Promise<string | undefined>;
  /** Makes AWS clients take their credentials from a profile. */
  selectProfile(name: string): void;
  /** Resolves when the person asks to stop (Ctrl-C). */
  untilInterrupted(): Promise<void>;
}

/** Where text goes. */
export interface Stream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** In characters, when the stream is a terminal that reports it. */
  readonly columns: number | undefined;
}

/**
 * Wraps one of the process's streams. Nothing else in the CLI writes. Writes to a closed pipe are
 * ignored, because its reader may end early; `onLost` is told of every other failure.
 */
export const streamOf = (stream: NodeJS.WriteStream, onLost: (code: string) => void): Stream => {
  stream.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') onLost(code);
  });
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

/** Joins lines to text that ends in a line break. Empty for no lines. */
export const textOf = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${lines.join('\n')}\n`;

/** The terminal codes that switch each tone on and off. */
const CODES: Readonly<Record<Tone, readonly [number, number]>> = {
  good: [32, 39],
  bad: [31, 39],
  warning: [33, 39],
  muted: [2, 22],
  strong: [1, 22],
};

/** Known to this process only, so no text from outside can contain one of its marks. */
const KEY = randomInt(2 ** 40, 2 ** 47);

const mark = (code: number): string => `\u001b[${KEY};${code}m`;

/** Matches every mark that `colours` makes, with its code. */
export const OWN_MARK = new RegExp(`\\u001b\\[${KEY};(\\d{1,2})m`, 'g');

/**
 * SAFETY: paints with marks that only this process makes, which `sanitizeTerminal` turns into
 * colours as the text is written. Anything else that looks like a colour comes from outside, and
 * could hide words or make a bad word green.
 */
export const colours: Paint = (tone, text) => {
  const [on, off] = CODES[tone];
  return `${mark(on)}${text}${mark(off)}`;
};

/**
 * Everything that is not shown as itself: cursors, titles, colours, direction of writing, and
 * invisible characters. Line breaks are allowed. The letters that Unicode lets programs leave out
 * (fillers, joiners, selectors) are included.
 */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}](?<!\n)/gu;

const blank = (text: string): string => text.replaceAll(UNSHOWN, (char) => ' '.repeat(char.length));

/**
 * SAFETY: everything that is printed passes through here, so that no tag, policy file or answer can
 * rewrite a screen, hide a word or colour one. Replaces what a terminal would obey or hide by
 * spaces of the same width, except the colours that `colours` made and line breaks.
 */
export const sanitizeTerminal = (text: string): string => {
  const pieces = text.split(OWN_MARK);
  // Every second piece is the code of a mark.
  return pieces.map((piece, index) => (index % 2 === 1 ? `\u001b[${piece}m` : blank(piece))).join('');
};

/**
 * Escapes every character that is not shown as itself in the text of a JSON document or of a log.
 */
export const harmlessJson = (text: string): string =>
  text.replaceAll(UNSHOWN, (char) =>
    Array.from(
      { length: char.length },
      (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
