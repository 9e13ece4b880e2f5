import { allSeriesIn, countedAt, floorOf } from '../truth/all-series.ts';
import type { RunRecord, Scene } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

const newest = (scene: Scene, { skewMs }: RunRecord): ReadonlySet<string> =>
  new Set(
    allSeriesIn(scene).flatMap((series) =>
      [...floorOf(countedAt(series, scene.at, scene.at + skewMs))].map(({ backup }) => backup.arn),
    ),
  );

/** 1. The newest restorable recovery point of a table under a policy is never expired: neither as the run began, nor as it ended. */
export const newestStays: Invariant = (run) => {
  if (run.deleted.length === 0) return [];
  const [before, later] = [newest(run.before, run), newest(run.later, run)];
  return run.deleted
    .filter(({ arn }) => before.has(arn) && later.has(arn))
    .map(({ name, tableName }) => `${name} of ${tableName} was the newest restorable one and was deleted`);
};
