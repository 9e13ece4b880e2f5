import { runCli } from '../cli/run-cli.ts';
import type { Stream } from '../cli/terminal.ts';
import { MINUTE_MS } from '../shared/model/instant.ts';
import { deleteTable } from '../sim/console/tables.ts';
import { requestHandlerOf } from '../sim/request-handler.ts';
import type { Paint } from './paint.ts';
import type { Stage } from './stage.ts';

const TABLE = 'orders';
const COMMAND = ['restore', TABLE, '--at', 'latest', '--as-replacement', '--yes'];

const written = (): Stream & { readonly text: () => string } => {
  const pieces: string[] = [];
  return {
    write: (text) => void pieces.push(text),
    isTerminal: false,
    columns: undefined,
    text: () => pieces.join(''),
  };
};

/** Types the command as a person would, with the account behind it. */
const typed = async ({ account }: Stage, policiesFile: string): Promise<string> => {
  const [stdout, stderr] = [written(), written()];
  const ended = runCli([...COMMAND, '--policies', policiesFile], {
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

/** The first paragraph is what will be done, and the last ones are what came of it. */
const briefly = (text: string, isAll: boolean): readonly string[] => {
  const paragraphs = text.trim().split('\n\n');
  const end = paragraphs.findIndex((one) => one.startsWith(`${TABLE} is back`));
  const shown = isAll || end === -1 ? paragraphs : [paragraphs[0] ?? '', ...paragraphs.slice(end, end + 3)];
  return shown.join('\n').split('\n');
};

/** Loses a table for good, brings it back with one command, and returns what that printed. */
export const oneTableBack = async (
  stage: Stage,
  {
    policiesFile,
    isAll,
    paint,
  }: { readonly policiesFile: string; readonly isAll: boolean; readonly paint: Paint },
): Promise<readonly string[]> => {
  deleteTable(stage.account, TABLE);
  await stage.account.clock.advanceTo(stage.account.clock.now() + 2 * MINUTE_MS);
  const text = await typed(stage, policiesFile);
  return [
    `mallory deletes the table ${TABLE}, and somebody types`,
    '',
    `  ${paint.strong(['tablekeeper', ...COMMAND].join(' '))}`,
    '',
    ...briefly(text, isAll),
  ];
};
