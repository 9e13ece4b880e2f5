import { runCli } from '../cli/run-cli.ts';
import type { Stream } from '../cli/terminal.ts';
import { requestHandlerOf } from '../sim/request-handler.ts';
import type { Stage } from './stage.ts';

const written = (): Stream & { readonly text: () => string } => {
  const pieces: string[] = [];
  return {
    write: (text) => void pieces.push(text),
    isTerminal: false,
    columns: undefined,
    text: () => pieces.join(''),
  };
};

/** Types a command as a person would, with the account behind it, and returns what it printed. */
export const typed = async ({ account }: Stage, argv: readonly string[]): Promise<string> => {
  const [stdout, stderr] = [written(), written()];
  const ended = runCli(argv, {
    env: { AWS_REGION: account.region, TZ: 'UTC' },
    stdout,
    stderr,
    seat: {
      clock: account.clock,
      credentials: { accessKeyId: 'person', secretAccessKey: 'person' },
      requestHandler: requestHandlerOf(account),
    },
    readInput: async () => new Uint8Array(),
    selectProfile: () => undefined,
    untilInterrupted: () => new Promise(() => undefined),
  });
  await account.clock.run(ended);
  return stdout.text();
};
