import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import type { Session } from './session.ts';
import { sanitizeTerminal, textOf } from './terminal.ts';

/** Asks at this process's terminal. Ctrl-D is no answer; Ctrl-C ends the program as everywhere. */
export const askAtTerminal = async (question: string): Promise<string | undefined> => {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)));
  lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return await Promise.race([lines.question(question), closed]);
  } finally {
    lines.close();
  }
};

/** Writes lines at once: a person answers to them before the command ends. With `--json` stdout has one document, and nothing else. */
export const showNow = ({ terminal, options }: Session, lines: readonly string[]): void => {
  if (options.json !== true) terminal.stdout.write(sanitizeTerminal(textOf(lines)));
};

/** Says whether somebody is there to answer. */
export const canAsk = ({ terminal, options }: Session, { yes }: { readonly yes?: true }): boolean =>
  terminal.ask !== undefined && options.json !== true && yes !== true;

/** Asks once. No answer at all, as at the end of the input, is an empty one. */
export const ask = async ({ terminal }: Session, question: string): Promise<string> =>
  (await terminal.ask?.(question)) ?? '';
