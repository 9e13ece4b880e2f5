import { type Answer, type ExitCode, FINE, printAnswer } from './answer.ts';
import { failureAnswer } from './failure.ts';
import { createProgram, type Execute } from './program.ts';
import { endProgress } from './progress.ts';
import { beginSession } from './session.ts';
import { sanitizeTerminal, type Terminal } from './terminal.ts';
import { plainPaint } from './view/colour.ts';

const NOTHING: Answer = { exitCode: FINE, lines: [], notes: [] };

/**
 * Runs a command line and prints the answer, without ending the process. Everything thrown becomes an answer, and with `--json` stdout has one
 * document even then, except for help.
 */
export const runCli = async (argv: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const { stdout, stderr } = terminal;
  const sources = new Map<string, string>();
  let answer = NOTHING;
  let hasHelped = false;
  const execute: Execute = async (options, command) => {
    answer = await command({ ...beginSession(options, terminal), sources });
  };
  const words = {
    out: (text: string) => {
      hasHelped = true;
      stdout.write(sanitizeTerminal(text));
    },
    error: (text: string) => stderr.write(sanitizeTerminal(text)),
  };
  try {
    await createProgram(execute, words).parseAsync(argv, { from: 'user' });
  } catch (thrown) {
    const { columns } = stderr;
    const screen = { paint: plainPaint, ...(columns !== undefined && { width: columns }) };
    answer = failureAnswer(thrown, { sources, screen });
  }
  endProgress(stderr);
  printAnswer(answer, { stdout, stderr, json: argv.includes('--json') && !hasHelped });
  return answer.exitCode;
};
