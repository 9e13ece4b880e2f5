import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { CHANNELS } from '../shared/model/channel.ts';
import { median } from './cells.ts';
import { buildCandidates, type Candidate } from './cold-start-bundles.ts';

const run = promisify(execFile);

/** How a bundle starts in a fresh process: medians over all rounds. */
export interface ColdStart extends Candidate {
  readonly wallMs: number;
  readonly cpuMs: number;
}

const ROUNDS = 20;

/** What the functions read; nothing of it is called. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  TABLEKEEPER_ACCOUNT_ID: '111122223333',
  TABLEKEEPER_INSTANCE: 'prod',
  ...Object.fromEntries(CHANNELS.map(({ name, variable }) => [variable, `/tablekeeper/${name}`])),
  TABLEKEEPER_STATE_TABLE: 'tablekeeper-prod-state',
  TABLEKEEPER_TOPIC_ARN: 'arn:aws:sns:us-east-1:111122223333:tablekeeper-prod-alerts',
};

/** Loads the bundle and prints how long the process has run by then. */
const script = (file: string): string =>
  `await import(${JSON.stringify(pathToFileURL(file).href)});` +
  'const { user, system } = process.cpuUsage();' +
  'console.log(JSON.stringify([performance.now(), (user + system) / 1000]));process.exit()';

const start = async (file: string): Promise<readonly [wallMs: number, cpuMs: number]> => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script(file)], {
    env: ENVIRONMENT,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]');
};

/** Builds the functions and returns how each starts, beside Node alone and the AWS clients alone. In turns, so that a busy moment affects all. */
export const coldStarts = async (rounds = ROUNDS): Promise<readonly ColdStart[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'tablekeeper-bench-'));
  try {
    const candidates = await buildCandidates(folder);
    const times = candidates.map((): { wall: number[]; cpu: number[] } => ({ wall: [], cpu: [] }));
    for (let round = 0; round < rounds; round += 1)
      for (const [at, { file }] of candidates.entries()) {
        const [wallMs, cpuMs] = await start(file);
        times[at]?.wall.push(wallMs);
        times[at]?.cpu.push(cpuMs);
      }
    return candidates.map((candidate, at) => ({
      ...candidate,
      wallMs: median(times[at]?.wall ?? []),
      cpuMs: median(times[at]?.cpu ?? []),
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
