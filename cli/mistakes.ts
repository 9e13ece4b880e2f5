import { type UserError, UserErrors } from '../shared/model/errors.ts';
import { sanitizeTerminal } from './sanitize-terminal.ts';
import type { Screen } from './view/colour.ts';

/** How much of a long line is shown before and after the mistake, in characters. */
const BEFORE = 60;
const AFTER = 40;

/** The line of the mistake, and a caret under its column. */
const excerptLines = (
  line: string,
  at: { readonly line: number; readonly column: number },
  { paint }: Screen,
) => {
  const from = Math.max(0, at.column - 1 - BEFORE);
  const shown = sanitizeTerminal(line.slice(from, at.column - 1 + AFTER)).trimEnd();
  const number = String(at.line);
  const margin = ' '.repeat(number.length);
  return [
    `  ${paint('muted', `${number} |`)} ${shown}`,
    `  ${paint('muted', `${margin} |`)} ${' '.repeat(at.column - 1 - from)}${paint('bad', '^')}`,
  ];
};

const mistakeLines = (
  error: UserError,
  sources: ReadonlyMap<string, readonly string[]>,
  screen: Screen,
): readonly string[] => {
  const { where } = error.content;
  const { line, column } = where ?? {};
  const source = sources.get(where?.file ?? '');
  if (source === undefined || line === undefined || column === undefined) return [error.message];
  return [error.message, ...excerptLines(source[line - 1] ?? '', { line, column }, screen)];
};

/** Formats a user's mistakes as lines: the message, then the line of the file with a caret. */
export const mistakesLines = (
  error: UserError,
  sources: ReadonlyMap<string, string>,
  screen: Screen,
): readonly string[] => {
  const errors = error instanceof UserErrors ? error.errors : [error];
  const lines = new Map([...sources].map(([file, text]) => [file, text.split(/\r?\n/)]));
  return errors.flatMap((one) => mistakeLines(one, lines, screen));
};
