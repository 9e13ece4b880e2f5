import { expirable, streamsIn } from '../truth/streams.ts';
import { trusting } from '../truth/trusting.ts';
import { nowOf, type RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

const mayGo = (run: RunRecord, knownSince: number): ReadonlySet<string> =>
  new Set(
    [run.before, { ...run.before, at: run.endedAt }, run.later].flatMap((scene) =>
      streamsIn(scene)
        .flatMap((stream) => [stream, trusting(stream, scene, knownSince)])
        .flatMap((stream) => expirable(stream, scene.at, nowOf(run)).map(({ backup }) => backup.arn)),
    ),
  );

/** 4. Nothing is deleted that a rule keeps, and one that is still being created displaces nothing: retention is computed independently. */
export const retentionHolds: Invariant = (run, { knownSince }) => {
  if (run.deleted.length === 0) return [];
  const free = mayGo(run, knownSince);
  return run.deleted
    .filter(({ arn }) => !free.has(arn))
    .map(({ name, tableName }) => `${name} of ${tableName} was deleted although a rule keeps it`);
};
