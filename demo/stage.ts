import { readFile } from 'node:fs/promises';
import { type Instant, SECOND_MS } from '../shared/model/instant.ts';
import { type AccountOptions, createAccount, type SimAccount } from '../sim/account.ts';
import { createVirtualClock } from '../sim/clock.ts';
import { createRandom } from '../sim/random.ts';
import { type SimServer, startServer } from '../sim/server.ts';
import { type SlackServer, startSlackServer } from '../sim/slack/server.ts';
import { installVirtualTime } from '../sim/virtual-time.ts';
import { type Bundles, bundleFunctions } from './bundles.ts';
import { buildEstate } from './estate.ts';
import { type Lambda, startLambda } from './lambda.ts';
import { layBeside, type PolicyVersion, policiesText } from './policies.ts';
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
  /** The functions where somebody bundles them already. */
  readonly bundling?: Promise<Bundles>;
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
  /** The policy file's text in a version. */
  readonly policiesText: (version: PolicyVersion) => string;
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
  readonly bundles: Bundles;
  readonly textOf: Stage['policiesText'];
  readonly server: SimServer;
  readonly slack: SlackServer;
  readonly stack: Stack;
  readonly surroundings: Environment;
  readonly resolve: Resolve;
}

const layOut = async (
  stack: Stack,
  { bundles, textOf }: Pick<Laid, 'bundles' | 'textOf'>,
  authorize: StageFiles['authorize'],
): Promise<Laid> => {
  const clock = createVirtualClock(STARTS_AT - 90 * SECOND_MS);
  const account = createAccount({ clock, seed: SEED, backupMs, ...(authorize && { authorize }) });
  const [server, slack] = await Promise.all([startServer(account), startSlackServer()]);
  const resolve = await deployStack(account, stack, slack.webhook);
  buildEstate(account);
  await clock.advanceTo(STARTS_AT);
  // Slack is a server on this machine.
  const here = { TABLEKEEPER_LOCAL_ADDRESSES: 'allowed' };
  const surroundings = { AWS_ENDPOINT_URL: server.url, AWS_REGION: account.region, ...here };
  return { account, bundles, textOf, server, slack, stack, resolve, surroundings };
};

const startAll = async (laid: Laid, version: PolicyVersion) => {
  const { account, bundles, textOf, resolve, stack, surroundings } = laid;
  const lambdas = new Map<string, Lambda>();
  await layBeside(bundles, textOf(version));
  const deployment = { account, resolve, surroundings, folder: bundles.folder };
  for (const spec of stack.functions) lambdas.set(spec.key, await startLambda(deployment, spec));
  return { deployment, lambdas };
};

const raiseWith = async (laid: Laid): Promise<Stage> => {
  const { account, bundles, textOf, server, slack, stack } = laid;
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
    policiesText: textOf,
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
      await bundles.remove();
    },
  };
};

/** Bundles and deploys everything into a simulated account, and puts this process into virtual time. */
export const raise = async (files: StageFiles): Promise<Stage> => {
  const { policiesFile, serviceFile, authorize, bundling = bundleFunctions() } = files;
  const [bundles, stack, text] = await Promise.all([
    bundling,
    readStack(serviceFile),
    readFile(policiesFile, 'utf8'),
  ]);
  const textOf = (version: PolicyVersion): string => policiesText(text, version);
  try {
    return await raiseWith(await layOut(stack, { bundles, textOf }, authorize));
  } catch (error) {
    await bundles.remove();
    throw error;
  }
};
