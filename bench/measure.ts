import { fork } from 'node:child_process';
import { join } from 'node:path';
import { loadPolicies } from '../shared/core/policy/load.ts';
import { HOUR_MS } from '../shared/model/instant.ts';
import { requestHandlerOf } from '../sim/request-handler.ts';
import { type Deployment, deploy } from '../test/support/deployment.ts';
import { fillEstate, POLICIES, STARTS_AT } from './estate.ts';
import { bareLeast, type Calls, leastCalls } from './least-possible.ts';
import type { Done, Order, Sent } from './messages.ts';
import { rateBoundMs } from './rate-bound.ts';
import { type Deeds, type Scene, workOf } from './scenes.ts';

/** One run, measured. */
export interface Measurement extends Omit<Done, 'kind'> {
  readonly scene: string;
  readonly tables: number;
  /** Which run of its scene, from 1. */
  readonly run: number;
  readonly calls: Calls;
  readonly least: Calls;
  readonly bare: Calls;
  readonly throttles: number;
  readonly boundMs: number;
  readonly deeds: Deeds;
}

/** What a function of 512 MB can give to its heap, with room for code and buffers. */
const HEAP_MB = 400;

const accountFor = async ({ isLatestFilled }: Scene, tables: number): Promise<Deployment> => {
  const deployment = await deploy({ startAt: STARTS_AT, policies: POLICIES });
  fillEstate(deployment.account, { tables, isLatestFilled });
  return deployment;
};

/** Runs once in a fresh process; its requests arrive here, each at its own virtual moment. */
const runOnce = ({ account, clock }: Deployment, { mode }: Scene): Promise<Done> => {
  const wire = requestHandlerOf(account);
  const child = fork(join(import.meta.dirname, 'run-process.ts'), {
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    serialization: 'advanced',
  });
  const answer = async ({ id, at, headers, body }: Sent): Promise<void> => {
    if (at > clock.now()) await clock.advanceTo(at);
    const { response } = await wire.handle({ headers, body });
    const text = Buffer.from(response.body).toString('utf8');
    child.send({
      kind: 'answered',
      id,
      statusCode: response.statusCode,
      headers: response.headers,
      body: text,
    });
  };
  const order: Order = {
    kind: 'order',
    mode,
    now: clock.now(),
    policies: loadPolicies(POLICIES, 'policies.yml'),
    accountId: account.accountId,
    region: account.region,
  };
  return new Promise((resolve, reject) => {
    child.on('message', (message: Done | Sent) => {
      if (message.kind === 'done') resolve(message);
      else answer(message).catch(reject);
    });
    child.on('exit', (code) => reject(new Error(`the run's process ended with ${code}`)));
    child.send(order);
  });
};

/** Runs a scene with a number of tables and measures its runs, one after the other on one account. */
export const measure = async (scene: Scene, tables: number): Promise<readonly Measurement[]> => {
  const deployment = await accountFor(scene, tables);
  const { account, clock } = deployment;
  const measured: Measurement[] = [];
  let windowsKnown = 0;
  for (let run = 1; run <= scene.runs; run += 1) {
    account.calls.reset();
    const { kind: _, ...done } = await runOnce(deployment, scene);
    const work = workOf(scene, { tables, windowsKnown }, done.deeds);
    windowsKnown += work.windowsNew;
    const least = leastCalls(work);
    measured.push({
      ...done,
      scene: scene.name,
      tables,
      run,
      calls: Object.fromEntries(account.calls.byOperation),
      least,
      bare: bareLeast(work),
      throttles: [...account.calls.throttlesByOperation.values()].reduce((total, count) => total + count, 0),
      boundMs: rateBoundMs(scene.mode, least),
    });
    await clock.advanceBy(6 * HOUR_MS);
  }
  return measured;
};
