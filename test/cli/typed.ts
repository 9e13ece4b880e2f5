import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import type { Stream, Terminal } from '../../cli/terminal.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../sim/request-handler.ts';
import { isWholeSdk, straightTo } from '../support/containers.ts';
import { DAILY, type Deployment } from '../support/deployment.ts';

/** What came of a command. */
export interface Typed {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Sheet extends Stream {
  readonly text: () => string;
}

/** A stream that remembers: a pipe, or a terminal of that many columns. */
export const sheet = (columns?: number): Sheet => {
  const pieces: string[] = [];
  return {
    write: (text) => {
      pieces.push(text);
    },
    isTerminal: columns !== undefined,
    columns,
    text: () => pieces.join(''),
  };
};

/** A terminal from which nothing of the machine is seen: no credentials, no Region, no config file. */
export const aTerminal = (overrides: Partial<Terminal> = {}): Terminal => ({
  env: { HOME: join(tmpdir(), 'nobody') },
  stdout: sheet(),
  stderr: sheet(),
  seat: {},
  readInput: () => Promise.resolve(new Uint8Array()),
  selectProfile: () => undefined,
  untilInterrupted: () => new Promise(() => undefined),
  ...overrides,
});

/** Writes a file that is gone when the test is over, and returns its name. */
export const aFile = (text: string, name = 'policies.yml'): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

/** Leaves out of what was printed the file that commands name: it is another one in every test. */
export const withoutFile = (text: string): string => text.replaceAll(/ --policies \S+/g, '');

/** Types a command without AWS; both streams are pipes unless given otherwise. */
export const typed = async (
  argv: readonly string[],
  overrides: Partial<Terminal> = {},
  [stdout, stderr] = [sheet(), sheet()],
): Promise<Typed> => {
  const exitCode = await runCli(argv, aTerminal({ stdout, stderr, ...overrides }));
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
};

/**
 * What a deployment replaces of a terminal: time, the wire, the Region. Commands are handed to the account as they are, like those of functions;
 * another wire than the account's own gets them through the whole SDK.
 */
export const seatIn = (
  { account, clock }: Deployment,
  wire?: SdkRequestHandler,
): Pick<Terminal, 'env' | 'seat'> => ({
  env: { AWS_REGION: account.region },
  seat: {
    clock,
    credentials: { accessKeyId: 'person', secretAccessKey: 'person' },
    requestHandler: wire ?? requestHandlerOf(account),
    ...(wire === undefined && !isWholeSdk && straightTo(account, 'person')),
  },
});

/** Types a command in a deployment on the simulated account, in virtual time, with its policy file. */
export const typedIn = (
  deployment: Deployment,
  argv: readonly string[],
  { policies = DAILY, streams }: { readonly policies?: string; readonly streams?: [Sheet, Sheet] } = {},
): Promise<Typed> =>
  deployment.clock.run(typed([...argv, '--policies', aFile(policies)], seatIn(deployment), streams));
