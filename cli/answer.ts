import type { Finding } from '../shared/model/finding.ts';
import { harmlessJson, type Stream, sanitizeTerminal, textOf } from './terminal.ts';

/** How a command ends. */
export type ExitCode = 0 | 1 | 2 | 3 | 70 | 74;

/** Everything is as promised, or was done. */
export const FINE = 0;
/** Something is wrong with the tables: critical or warning findings, or actions that failed or were refused. */
export const FINDINGS = 1;
/** The command line or the policy file has a mistake. */
export const USAGE = 2;
/** The account could not be read completely, or a run could not alert on or save what it found. */
export const BLIND = 3;
/** A bug in Tablekeeper itself. */
export const BUG = 70;
/** What was to be printed could not be written, such as to a full disk. */
export const UNWRITTEN = 74;

/** What a command returns: rendered first, printed last. */
export interface Answer {
  readonly exitCode: ExitCode;
  /** For people, on stdout. */
  readonly lines: readonly string[];
  /** The same for programs, with `--json`; absent when the command has printed it already. */
  readonly document?: object;
  /** Printed on stderr, with or without `--json`. */
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

/** Maps findings to the exit code of a command. Findings of severity `info` do not count. */
export const findingsCode = (findings: readonly Finding[]): ExitCode =>
  findings.some(({ severity }) => severity !== 'info') ? FINDINGS : FINE;
