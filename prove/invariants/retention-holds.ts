import { allSeriesIn, expirable, type Series } from '../truth/all-series.ts';
import { believing } from '../truth/believing.ts';
import { ofGone } from '../truth/gone.ts';
import { trusting } from '../truth/trusting.ts';
import { nowOf, type RunRecord, type Scene } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

const scenesOf = (run: RunRecord): readonly Scene[] => [
  run.before,
  { ...run.before, at: run.endedAt },
  run.later,
];

const mayGo = (run: RunRecord, knownSince: ReadonlyMap<string, number>): ReadonlySet<string> => {
  const freeIn = (series: Series, scene: Scene): readonly string[] =>
    expirable(series, scene.at, nowOf(run)).map(({ backup }) => backup.arn);
  return new Set(
    scenesOf(run).flatMap((scene) =>
      allSeriesIn(scene).flatMap((series) => [
        ...freeIn(series, scene),
        ...freeIn(trusting(series, scene, knownSince), scene),
        // Where forged names are believed, only forged ones may go for it.
        ...freeIn(believing(series, knownSince), scene).filter((arn) => scene.forged.has(arn)),
      ]),
    ),
  );
};

/** 4. Nothing is deleted that a rule keeps, and one that is still being created displaces nothing: retention is computed independently. */
export const retentionHolds: Invariant = (run, { knownSince }) => {
  if (run.deleted.length === 0) return [];
  const free = mayGo(run, knownSince);
  const gone = new Set(ofGone(run));
  return run.deleted
    .filter((entry) => !gone.has(entry))
    .filter(({ arn }) => !free.has(arn))
    .map(({ name, tableName }) => `${name} of ${tableName} was deleted although a rule keeps it`);
};
