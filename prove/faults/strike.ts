import { HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import { findingsTrue } from '../settled/findings-true.ts';
import { latestSlotsFilled } from '../settled/latest-slots.ts';
import { retentionExact } from '../settled/retention-exact.ts';
import type { Trouble } from '../story/event.ts';
import { addTrouble } from '../world/add-trouble.ts';
import { createWorld, type Speech, type World } from '../world/deployment.ts';
import type { RunRecord } from '../world/record.ts';
import { sceneOf } from '../world/scene.ts';
import { runTick } from '../world/tick.ts';
import { warmUp } from '../world/warm-up.ts';
import { FAULTS_STORY, OPERATIONS, settleIn } from './estate.ts';

/** What one fault at every call of one operation came to. */
export interface Struck {
  readonly run: RunRecord;
  /** What one run of each function afterwards did not fix; empty if it fixed everything. */
  readonly left: readonly string[];
}

const runOnce = async (world: World, mode: Mode): Promise<RunRecord> => {
  const [run] = await runTick(world, { mode, runId: `${mode}-${world.account.clock.now()}` });
  if (run === undefined) throw new Error('a tick without a run');
  return run;
};

/** Runs what comes before the faulted function, so that it has something to do. */
const prepare = async (world: World, mode: Mode): Promise<void> => {
  settleIn(world);
  await world.account.clock.advanceBy(HOUR_MS + 2 * MINUTE_MS);
  if (mode !== 'expire') return;
  await runOnce(world, 'protect');
  await world.account.clock.advanceBy(35 * MINUTE_MS);
};

const settleWorld = async (world: World): Promise<readonly string[]> => {
  let last: RunRecord | undefined;
  for (const mode of ['protect', 'expire', 'audit', 'audit'] as const) {
    await world.account.clock.advanceBy(HOUR_MS);
    last = await runOnce(world, mode);
  }
  const scene = sceneOf(world);
  const open = last?.report?.openFindings ?? [];
  return [
    ...latestSlotsFilled(scene),
    ...retentionExact(scene, []),
    ...findingsTrue(open, scene, { mutes: new Map() }),
  ];
};

/** Injects a fault into every call of an operation during one run, then runs each function once without faults. */
export const injectFault = async (
  operation: string,
  fault: Trouble['fault'],
  speech: Speech,
): Promise<Struck> => {
  const { mode, also } = OPERATIONS.find((one) => one.operation === operation) ?? {
    mode: 'audit',
    also: undefined,
  };
  await warmUp(FAULTS_STORY);
  const world = createWorld(FAULTS_STORY, speech);
  await prepare(world, mode);
  addTrouble(world, { operation, fault, chance: 1, delayMs: 5_000 });
  if (also !== undefined) addTrouble(world, { operation: also, fault: 'access-denied', chance: 1 });
  const run = await runOnce(world, mode);
  world.account.faults.clear();
  return { run, left: await settleWorld(world) };
};
