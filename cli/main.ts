import process from 'node:process';
import { buffer } from 'node:stream/consumers';
import { UNWRITTEN } from './answer.ts';
import { askAtTerminal } from './conversation.ts';
import { runCli } from './run-cli.ts';
import { streamOf } from './terminal.ts';
import { endWatch } from './until-ended.ts';

/** Once only: every further write to a full disk fails as well. */
let isLost = false;
const onLost = (code: string): void => {
  if (isLost) return;
  isLost = true;
  process.stderr.write(`error: the output could not be written (${code}).\n`);
};
process.on('exit', () => {
  if (isLost) process.exitCode = UNWRITTEN;
});
/** Nothing goes on after Ctrl-C, whatever still waits: what was printed is written first. */
let isInterrupted = false;
const waitForEnd = endWatch(process.env);
process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  stdout: streamOf(process.stdout, onLost),
  stderr: streamOf(process.stderr, () => undefined),
  seat: {},
  readInput: () => buffer(process.stdin),
  selectProfile: (name) => {
    process.env.AWS_PROFILE = name;
    // A profile that is named takes precedence over keys that happen to be set.
    for (const key of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
      delete process.env[key];
  },
  ...(process.stdin.isTTY === true && process.stdout.isTTY === true && { ask: askAtTerminal }),
  untilInterrupted: async () => {
    await waitForEnd();
    isInterrupted = true;
  },
});
if (isInterrupted) process.stdout.write('', () => process.stderr.write('', () => process.exit()));
