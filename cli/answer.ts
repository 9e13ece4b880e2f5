import type { ExitCode } from './exit-codes.ts';
import { type Stream, textOf } from './print.ts';
import { harmlessJson, sanitizeTerminal } from './sanitize-terminal.ts';

/** What a command answers at its end: rendered first, printed last. */
export interface Answer {
  readonly exitCode: ExitCode;
  /** For people, on stdout. */
  readonly lines: readonly string[];
  /** The same for programs, with `--json`; absent when the command has printed it already. */
  readonly document?: object;
  /** Beside the answer, on stderr in either case. */
  readonly notes: readonly string[];
}

/** Prints an answer: one JSON document or lines on stdout, notes on stderr. Control characters are escaped. */
export const printAnswer = (
  { lines, document, notes }: Answer,
  { stdout, stderr, json }: { readonly stdout: Stream; readonly stderr: Stream; readonly json: boolean },
): void => {
  if (!json) stdout.write(sanitizeTerminal(textOf(lines)));
  else if (document !== undefined) stdout.write(`${harmlessJson(JSON.stringify(document, undefined, 2))}\n`);
  stderr.write(sanitizeTerminal(textOf(notes)));
};
