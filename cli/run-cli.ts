import { type Answer, type ExitCode, FINE, printAnswer } from './answer.ts';
import { failureAnswer } from './failure.ts';
import { createProgram, type Execute } from './program.ts';
import { endProgress } from './progress.ts';
import { beginSession, type Session } from './session.ts';
import { sanitizeTerminal, type Terminal } from './terminal.ts';
import { plainPaint, type Screen } from './view/colour.ts';

const NOTHING: Answer = { exitCode: FINE, lines: [], notes: [] };

/**
 * Runs a command line and prints the answer, without ending the process. Everything thrown becomes an answer, and with `--json` stdout has one
 * document even then, except for help.
 */
export const runCli = async (argv: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const { stdout, stderr } = terminal;
  const sources = new Map<string, string>();
  let answer = NOTHING;
  let session: Session | undefined;
  let hasHelped = false;
  const execute: Execute = async (options, command) => {
    session = { ...beginSession(options, terminal), sources };
    answer = await command(session);
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
    const complete = session?.screen.complete;
    const screen: Screen = {
      paint: plainPaint,
      ...(columns !== undefined && { width: columns }),
      ...(complete !== undefined && { complete }),
    };
    answer = failureAnswer(thrown, { sources, screen });
  }
  endProgress(stderr);
  printAnswer(answer, { stdout, stderr, json: argv.includes('--json') && !hasHelped });
  return answer.exitCode;
};
