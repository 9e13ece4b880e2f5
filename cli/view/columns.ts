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
const hangOf = (indent: string, widths: readonly number[], gap: string): number => {
  const hang = widths.reduce((sum, width) => sum + width + gap.length, indent.length);
  return hang > FURTHEST_HANG ? indent.length + 2 * GAP.length : hang;
};

/** Columns stand closer where the screen has no room for more. */
const gapIn = (indent: string, widths: readonly number[], { width }: Screen): string => {
  const wanted = widths.reduce((sum, one) => sum + one + GAP.length, indent.length);
  return width === undefined || wanted <= width ? GAP : ' ';
};

interface Layout {
  readonly indent: string;
  readonly widths: readonly number[];
  readonly gap: string;
  readonly hang: number;
  readonly screen: Screen;
}

/** The lines that cells fill, and how far the last of them reaches. */
interface Filled {
  readonly lines: readonly string[];
  readonly line: string;
  readonly length: number;
}

/** Cells for which the screen is too narrow continue on the next line, in every row from the same column on. */
const filled = (row: Row, { indent, widths, gap, screen }: Layout): Filled => {
  const further = indent + GAP + GAP;
  const empty: Filled = { lines: [], line: indent, length: indent.length };
  return row.slice(0, -1).reduce<Filled>((before, cell, column) => {
    const text = textOf(cell);
    const width = Math.max(text.length, widths[column] ?? 0);
    const shown = painted(cell, text, screen) + ' '.repeat(width - text.length) + gap;
    const isFull = column > 0 && before.length + width > (screen.width ?? Number.POSITIVE_INFINITY);
    const { lines, line, length } = isFull
      ? { lines: [...before.lines, before.line.trimEnd()], line: further, length: further.length }
      : before;
    return { lines, line: line + shown, length: length + width + gap.length };
  }, empty);
};

const rowLines = (row: Row, layout: Layout): readonly string[] => {
  const { hang, screen } = layout;
  const last = row.at(-1) ?? '';
  const { lines, line: begun, length: first } = filled(row, layout);
  const [line = '', ...rest] = brokenLines(textOf(last), { first, hang }, screen);
  const below = typeof last === 'object' && 'say' in last ? { ...last, say: '' } : undefined;
  return [
    ...lines,
    (begun + painted(last, line, screen)).trimEnd(),
    ...rest.map((text) => ' '.repeat(hang) + painted(last, text, screen)),
    ...(below === undefined ? [] : adviceLines(below, ' '.repeat(hang), screen)),
  ];
};

/**
 * Formats rows as lines in aligned columns behind an indent. A name over 40 characters stands in
 * full and moves only its own row. On a screen that is too narrow columns stand closer, then continue on the next line; so does
 * the text of the last column, and commands always do. Whatever the cells contain, each row begins on one line and control characters are
 * spaces.
 */
export const columns = (rows: readonly Row[], indent: string, screen: Screen): readonly string[] => {
  const widths = widthsOf(rows);
  const gap = gapIn(indent, widths, screen);
  const layout = { indent, widths, gap, hang: hangOf(indent, widths, gap), screen };
  return rows.flatMap((row) => rowLines(row, layout));
};
