import { allSeriesIn, countedAt, expirable, floorOf } from '../truth/all-series.ts';
import { genuine } from '../truth/genuine.ts';
import { ofGone } from '../truth/gone.ts';
import { trusting } from '../truth/trusting.ts';
import { nowOf, type RunRecord, type Scene } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

const scenesOf = (run: RunRecord): readonly Scene[] => [
  run.before,
  { ...run.before, at: run.endedAt },
  run.later,
];

/** What may be deleted, and what never, as if nothing had been forged. */
const freeIn = (run: RunRecord, knownSince: ReadonlyMap<string, number>): ReadonlySet<string> =>
  new Set(
    scenesOf(run).flatMap((scene) =>
      allSeriesIn(scene)
        .flatMap((series) => {
          const alone = genuine(scene, series);
          return [alone, trusting(alone, scene, knownSince)];
        })
        .flatMap((without) => {
          const floor = floorOf(countedAt(without, scene.at, nowOf(run)));
          return expirable(without, scene.at, nowOf(run))
            .filter((point) => !floor.has(point))
            .map(({ backup }) => backup.arn);
        }),
    ),
  );

/** Whoever may only create backups deletes nothing: what would have been kept without their names is kept with them. */
export const forgerDeletesNothing: Invariant = (run, { knownSince }) => {
  const { forged } = run.before;
  const gone = new Set(ofGone(run));
  const own = run.deleted.filter((entry) => !forged.has(entry.arn) && !gone.has(entry));
  if (forged.size === 0 || own.length === 0) return [];
  const free = freeIn(run, knownSince);
  return own
    .filter(({ arn }) => !free.has(arn))
    .map(
      ({ name, tableName }) =>
        `${name} of ${tableName} was deleted, and would have been kept but for forged names`,
    );
};
