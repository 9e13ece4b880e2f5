import { singleLine } from '../../shared/core/text/words.ts';
import type { Advice } from '../../shared/model/advice.ts';
import { adviceLines } from './advice-text.ts';
import type { Screen, Tone } from './colour.ts';
import { brokenLines } from './paragraph.ts';

/** One cell: text, text with a tone, or in the last column advice, whose commands follow on lines of their own. */
export type Cell = string | { readonly text: string; readonly tone: Tone } | Advice;

/** Cells from left to right; all but the last are short, the last may have any length. */
export type Row = readonly Cell[];

/** Longer names stand in full in their row and move only that row. */
const WIDEST = 40;
/**
 * Text that hangs further to the right than this, in characters, has too little room on a usual
 * terminal.
 */
const FURTHEST_HANG = 48;
const GAP = '  ';

const textOf = (cell: Cell): string => {
  if (typeof cell === 'string') return singleLine(cell);
  return singleLine('say' in cell ? cell.say : cell.text);
};

const widest = (numbers: readonly number[]): number =>
  numbers.reduce((most, number) => Math.max(most, number), 0);

/** The width of each column but the last, by what fits. */
const widthsOf = (rows: readonly Row[]): readonly number[] => {
  const count = widest(rows.map((row) => row.length)) - 1;
  return Array.from({ length: Math.max(0, count) }, (_, column) =>
    widest(rows.map((row) => textOf(row[column] ?? '').length).filter((width) => width <= WIDEST)),
  );
};

const painted = (cell: Cell, text: string, { paint }: Screen): string =>
  typeof cell === 'string' || 'say' in cell || text === '' ? text : paint(cell.tone, text);

/** Where the last column begins, unless a row is longer. */
const hangOf = (indent: string, widths: readonly number[]): number => {
  const hang = widths.reduce((sum, width) => sum + width + GAP.length, indent.length);
  return hang > FURTHEST_HANG ? indent.length + 2 * GAP.length : hang;
};

interface Layout {
  readonly indent: string;
  readonly widths: readonly number[];
  readonly hang: number;
  readonly screen: Screen;
}

const rowLines = (row: Row, { indent, widths, hang, screen }: Layout): readonly string[] => {
  const last = row.at(-1) ?? '';
  const texts = row
    .slice(0, -1)
    .map((cell, column) => ({ cell, text: textOf(cell), pad: widths[column] ?? 0 }));
  const pieces = texts.map(({ cell, text, pad }) => {
    const padding = ' '.repeat(Math.max(0, pad - text.length));
    return painted(cell, text, screen) + padding + GAP;
  });
  const first = texts.reduce(
    (sum, { text, pad }) => sum + Math.max(pad, text.length) + GAP.length,
    indent.length,
  );
  const [line = '', ...rest] = brokenLines(textOf(last), { first, hang }, screen);
  const head = (indent + pieces.join('') + painted(last, line, screen)).trimEnd();
  const below = typeof last === 'object' && 'say' in last ? { ...last, say: '' } : undefined;
  return [
    head,
    ...rest.map((text) => ' '.repeat(hang) + painted(last, text, screen)),
    ...(below === undefined ? [] : adviceLines(below, ' '.repeat(hang), screen)),
  ];
};

/**
 * Formats rows as lines in aligned columns behind an indent. A name over 40 characters stands in
 * full and moves only its own row. The last column continues on lines of its own when the screen is
 * too narrow, and so do commands. Whatever the cells contain, each row begins on one line and control characters are
 * spaces.
 */
export const columns = (rows: readonly Row[], indent: string, screen: Screen): readonly string[] => {
  const widths = widthsOf(rows);
  const layout = { indent, widths, hang: hangOf(indent, widths), screen };
  return rows.flatMap((row) => rowLines(row, layout));
};
