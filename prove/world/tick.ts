import type { TickTrouble } from '../story/event.ts';
import { addTrouble } from './add-trouble.ts';
import type { World } from './deployment.ts';
import type { Hint, Job, Tick } from './job.ts';
import type { RunRecord } from './record.ts';
import { runJob } from './run-job.ts';

const runAgain = async (world: World, job: Job, afterMs: number): Promise<readonly RunRecord[]> => {
  const { clock } = world.account;
  await clock.advanceBy(afterMs);
  return [await clock.run(runJob(world, { ...job, trouble: undefined }, 0, false))];
};

/** A job that begins so long after the others. */
type Later = readonly [job: Job, afterMs: number];

/**
 * Runs jobs at one moment, and others later while they are in progress, under a fault that ends with them; what Lambda delivers again comes later.
 */
const runTogether = async (
  world: World,
  [first, ...others]: readonly [Job, ...Job[]],
  { wire, againAfterMs }: TickTrouble = {},
  later: readonly Later[] = [],
): Promise<readonly RunRecord[]> => {
  const fault = wire && addTrouble(world, wire);
  const { clock } = world.account;
  const overlapped = others.length + later.length > 0;
  const runs = [first, ...others].map((job, nth) => runJob(world, job, nth, overlapped));
  const laterRuns = later.map(async ([job, afterMs], nth) => {
    await clock.sleep(afterMs);
    return await runJob(world, job, runs.length + nth, overlapped);
  });
  const records = await clock.run(Promise.all([...runs, ...laterRuns]));
  fault?.remove();
  return againAfterMs === undefined ? records : [...records, ...(await runAgain(world, first, againAfterMs))];
};

/** Runs a tick and whatever comes beside it, and returns one record for each run. */
export const runTick = async (world: World, tick: Tick): Promise<readonly RunRecord[]> => {
  const { twice, beside, meanwhile } = tick.trouble ?? {};
  const second: readonly Tick[] = [
    ...(twice === true ? [tick] : []),
    ...(beside === undefined ? [] : [{ mode: beside, runId: `${tick.runId}-beside` }]),
  ];
  const later: readonly Later[] =
    meanwhile === undefined
      ? []
      : [
          [
            {
              mode: tick.mode,
              runId: `${tick.runId}-meanwhile`,
              ...(meanwhile.asleep !== undefined && { trouble: { asleep: meanwhile.asleep } }),
            },
            meanwhile.afterMs,
          ],
        ];
  return await runTogether(world, [tick, ...second], tick.trouble, later);
};

/** Runs hints of one moment side by side, and returns one record for each run. */
export const runHints = async (
  world: World,
  hints: readonly [Hint, ...Hint[]],
): Promise<readonly RunRecord[]> => await runTogether(world, hints, hints[0].trouble);
