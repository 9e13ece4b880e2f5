import { CommanderError } from 'commander';
import { messageOf, UserError } from '../shared/model/errors.ts';
import type { Answer } from './answer.ts';
import { errorDocument, mistakesDocument } from './documents/error-document.ts';
import { BLIND, BUG, type ExitCode, FINE, USAGE } from './exit-codes.ts';
import { mistakesLines } from './mistakes.ts';
import type { Screen } from './view/colour.ts';

/** What a failure is formatted with: the files that were read and the screen of stderr. */
export interface FailureContext {
  readonly sources: ReadonlyMap<string, string>;
  readonly screen: Screen;
}

/** Nobody mistyped anything: AWS did not answer this person. */
const BLIND_CODES: readonly string[] = ['no-aws-access'];

const codeFor = ({ content }: UserError): ExitCode => (BLIND_CODES.includes(content.code) ? BLIND : USAGE);

const userAnswer = (error: UserError, { sources, screen }: FailureContext): Answer => {
  const lines = mistakesLines(error, sources, screen);
  const isInFile = error.content.where?.line !== undefined;
  return {
    exitCode: codeFor(error),
    lines: [],
    document: mistakesDocument(error),
    notes: isInFile ? lines : lines.map((line) => `error: ${line}`),
  };
};

/** commander has written its own words already. */
const usageAnswer = (error: CommanderError): Answer => ({
  exitCode: error.exitCode === 0 ? FINE : USAGE,
  lines: [],
  document: errorDocument(error.code, error.message),
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
  return bugAnswer(thrown);
};
