import { type Instant, SECOND_MS } from '../shared/model/instant.ts';
import { type AccountOptions, createAccount, type SimAccount } from '../sim/account.ts';
import { createVirtualClock } from '../sim/clock.ts';
import { createRandom } from '../sim/random.ts';
import { type SimServer, startServer } from '../sim/server.ts';
import { type SlackServer, startSlackServer } from '../sim/slack/server.ts';
import { installVirtualTime } from '../sim/virtual-time.ts';
import { buildEstate } from './estate.ts';
import { type Lambda, startLambda } from './lambda.ts';
import { type Builds, buildWith, type PolicyVersion } from './policies.ts';
import { deployStack, type Environment, type Resolve, readStack, type Stack } from './stack.ts';
import type { World } from './world.ts';

/** A Monday in summer, three weeks before clocks change. */
export const STARTS_AT: Instant = Date.UTC(2026, 9, 5);

const SEED = 20_261_005;

/** How long a backup stays in creation: DynamoDB says minutes, and that size hardly matters. */
const backupMs = (sizeBytes: number): number => 20 * SECOND_MS + sizeBytes / 500_000;

/** Where the project's files are. */
export interface StageFiles {
  readonly serviceFile: string;
  readonly policiesFile: string;
  /** The functions where somebody builds them already. */
  readonly builds?: Promise<Builds>;
  /** What the account asks before each call; it allows everything unless given. */
  readonly authorize?: AccountOptions['authorize'];
}

/** What the ledger held before the run under way, so that no run has to read all of it. */
export interface MadeBefore {
  /** How many entries that was. */
  entries: number;
  /** Tables of which the functions made recovery points, by id. */
  readonly tables: Set<string>;
  /** Tables with a copy in another Region, by id. */
  readonly copied: Set<string>;
  /** Recovery points, by table and name. */
  readonly points: Set<string>;
}

/** The account with all that is deployed in it, in virtual time. */
export interface Stage {
  readonly account: SimAccount;
  readonly builds: Builds;
  readonly stack: Stack;
  readonly world: World;
  readonly before: MadeBefore;
  /** Plays the part of Slack. */
  readonly slack: SlackServer;
  lambdaOf(key: string): Lambda;
  /** A second execution environment of the function, as Lambda starts one when the first is taken. */
  startSecond(key: string): Promise<Lambda>;
  /** Leaves virtual time and takes everything down. */
  leave(): Promise<void>;
}

interface Laid {
  readonly account: SimAccount;
  readonly builds: Builds;
  readonly server: SimServer;
  readonly slack: SlackServer;
  readonly stack: Stack;
  readonly surroundings: Environment;
  readonly resolve: Resolve;
}

const layOut = async (stack: Stack, builds: Builds, authorize: StageFiles['authorize']): Promise<Laid> => {
  const clock = createVirtualClock(STARTS_AT - 90 * SECOND_MS);
  const account = createAccount({ clock, seed: SEED, backupMs, ...(authorize && { authorize }) });
  const [server, slack] = await Promise.all([startServer(account), startSlackServer()]);
  const resolve = await deployStack(account, stack, slack.webhook);
  buildEstate(account);
  await clock.advanceTo(STARTS_AT);
  // Slack is a server on this machine.
  const here = { TABLEKEEPER_LOCAL_ADDRESSES: 'allowed' };
  const surroundings = { AWS_ENDPOINT_URL: server.url, AWS_REGION: account.region, ...here };
  return { account, builds, server, slack, stack, resolve, surroundings };
};

const startAll = async ({ account, builds, resolve, stack, surroundings }: Laid, version: PolicyVersion) => {
  const lambdas = new Map<string, Lambda>();
  const deployment = { account, resolve, surroundings, folder: await builds.built(version) };
  for (const spec of stack.functions) lambdas.set(spec.key, await startLambda(deployment, spec));
  return { deployment, lambdas };
};

const raiseWith = async (laid: Laid): Promise<Stage> => {
  const { account, builds, server, slack, stack } = laid;
  const outside = { ...process.env };
  const { random } = Math;
  const leaveVirtualTime = installVirtualTime(account.clock, account);
  // The functions' back-off is jittered; here the same jitter comes every time.
  Math.random = createRandom(SEED).fraction;
  let running = await startAll(laid, 'careful');
  const lambdaOf = (key: string): Lambda => {
    const lambda = running.lambdas.get(key);
    if (lambda === undefined) throw new Error(`serverless.yml has no function ${key}`);
    return lambda;
  };
  const world: World = {
    account,
    nextBackup: 'as-usual',
    isDrilling: false,
    tellNextBackup: false,
    deploy: async (version) => {
      running = await startAll(laid, version);
    },
  };
  return {
    account,
    builds,
    stack,
    world,
    before: { entries: 0, tables: new Set(), points: new Set(), copied: new Set() },
    slack,
    lambdaOf,
    startSecond: (key) => startLambda(running.deployment, lambdaOf(key).spec),
    leave: async () => {
      leaveVirtualTime();
      Math.random = random;
      for (const name of Object.keys(process.env)) if (!(name in outside)) delete process.env[name];
      Object.assign(process.env, outside);
      await Promise.all([server.close(), slack.close()]);
      await builds.remove();
    },
  };
};

/** Builds and deploys everything into a simulated account, and puts this process into virtual time. */
export const raise = async (files: StageFiles): Promise<Stage> => {
  const { policiesFile, serviceFile, authorize } = files;
  const stack = await readStack(serviceFile);
  const builds = await (files.builds ?? buildWith(policiesFile));
  try {
    return await raiseWith(await layOut(stack, builds, authorize));
  } catch (error) {
    await builds.remove();
    throw error;
  }
};
