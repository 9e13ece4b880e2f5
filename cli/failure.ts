import { CommanderError } from 'commander';
import { messageOf, mistakeSaid, UserError, UserErrors, withFixCommands } from '../shared/model/errors.ts';
import { FailureError } from '../shared/model/failure.ts';
import { type Answer, BLIND, BUG, type ExitCode, FINE, UNWRITTEN, USAGE } from './answer.ts';
import { errorDocument, mistakesDocument } from './documents/error-document.ts';
import { sanitizeTerminal } from './terminal.ts';
import { markedAdvice } from './view/advice-text.ts';
import type { Screen } from './view/colour.ts';
import { columnsOf } from './view/display-columns.ts';

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
  const before = sanitizeTerminal(line.slice(from, at.column - 1));
  const number = String(at.line);
  const margin = ' '.repeat(number.length);
  return [
    `  ${paint('muted', `${number} |`)} ${shown}`,
    `  ${paint('muted', `${margin} |`)} ${' '.repeat(columnsOf(before))}${paint('bad', '^')}`,
  ];
};

const mistakeLines = (
  error: UserError,
  sources: ReadonlyMap<string, readonly string[]>,
  { mark, screen }: { readonly mark: string; readonly screen: Screen },
): readonly string[] => {
  const { where } = error.content;
  const { line, column } = where ?? {};
  const source = sources.get(where?.file ?? '');
  const message = markedAdvice(mark, mistakeSaid(error), screen);
  if (source === undefined || line === undefined || column === undefined) return message;
  return [...message, ...excerptLines(source[line - 1] ?? '', { line, column }, screen)];
};

/** Formats mistakes as lines: the message behind a mark, then the line of the file with a caret. */
export const mistakesLines = (
  error: UserError,
  sources: ReadonlyMap<string, string>,
  screen: Screen,
  mark = '',
): readonly string[] => {
  const errors = error instanceof UserErrors ? error.errors : [error];
  const lines = new Map([...sources].map(([file, text]) => [file, text.split(/\r?\n/)]));
  return errors.flatMap((one) => mistakeLines(one, lines, { mark, screen }));
};

/** What a failure is reported with: the files that were read and the screen of stderr. */
export interface FailureContext {
  readonly sources: ReadonlyMap<string, string>;
  readonly screen: Screen;
}

/** Not a typing mistake: AWS did not answer this person, or not to all that had to be known. */
const BLIND_CODES: readonly string[] = [
  'no-aws-access',
  'no-profile',
  'not-all-read',
  'nothing-restorable',
  'state-unreadable',
  'target-unread',
];

const codeFor = ({ content }: UserError): ExitCode => {
  if (content.code === 'disk-full') return UNWRITTEN;
  return BLIND_CODES.includes(content.code) ? BLIND : USAGE;
};

const userAnswer = (thrown: UserError, { sources, screen }: FailureContext): Answer => {
  const { complete = (command) => command } = screen;
  const error = withFixCommands(thrown, complete);
  const isInFile = error.content.where?.line !== undefined;
  return {
    exitCode: codeFor(error),
    lines: [],
    document: mistakesDocument(error),
    notes: mistakesLines(error, sources, screen, isInFile ? '' : 'error: '),
  };
};

/** Words a call that AWS or the connection did not let succeed, and what another session holds, where the command has no better words for it. */
const failedCall = (error: FailureError): UserError => {
  const { failure } = error;
  const isHeld = failure.kind === 'own' && failure.code === 'claim-held';
  const code = isHeld ? 'under-way-elsewhere' : 'target-unread';
  const fix = isHeld ? 'Wait until that has ended.' : 'Check what you may do, and try again.';
  const what = `It could not be done: ${error.message}.`;
  return new UserError({ code, what, fix, facts: { failed: failure } }, { cause: error });
};

/** What commander calls its own end where it shows help for want of a command. */
const HELP_SHOWN = 'commander.help';

const usageText = ({ code, message }: CommanderError): string =>
  code === HELP_SHOWN ? 'no command is typed' : message.replace(/^error: /, '');

/** commander has printed its own message already. */
const usageAnswer = (error: CommanderError): Answer => ({
  exitCode: error.exitCode === 0 ? FINE : USAGE,
  lines: [],
  document: errorDocument(error.code, usageText(error)),
  notes: [],
});

const bugAnswer = (thrown: unknown): Answer => ({
  exitCode: BUG,
  lines: [],
  document: errorDocument('bug', messageOf(thrown)),
  notes: [
    'This is a mistake in Tablekeeper, not yours. Please report what you typed, and this:',
    thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
  ],
});

/** Formats the error; unexpected ones include the stack. */
export const failureAnswer = (thrown: unknown, context: FailureContext): Answer => {
  if (thrown instanceof CommanderError) return usageAnswer(thrown);
  if (thrown instanceof UserError) return userAnswer(thrown, context);
  if (thrown instanceof FailureError) return userAnswer(failedCall(thrown), context);
  return bugAnswer(thrown);
};
