import type { OpenFinding } from '../../shared/model/memory.ts';
import { allSeriesIn, countedAt, expirable, type Series, slotOf } from '../truth/all-series.ts';
import { shrunkIn } from '../truth/shrunk.ts';
import type { Scene } from '../world/record.ts';

/** What holds expiry back permanently: a hold, an inaccessible table, or a latest slot that a backup is still being made for. */
const isFree = (series: Series, at: number): boolean =>
  !series.held &&
  series.table.shownStatus === undefined &&
  countedAt(series, at, at).some(({ slot }) => slot >= slotOf(series, at));

/**
 * While a table is reported to have lost a policy, what was overdue or failing under that policy is open, and holds back all expiry of the table. What
 * a hold kept stays while it is reported that the hold is gone, and for a day at the least.
 */
const isHeldBack = ({ table }: Series, open: readonly OpenFinding[]): boolean =>
  open.some(
    (finding) =>
      (finding.kind === 'no-longer-protected' || finding.kind === 'hold-lifted') &&
      finding.table === table.name,
  );

/** What is kept of a table that shrank: all that is larger while that is reported, and as long as it is there the first smaller one. */
const keptLarger = (scene: Scene, open: readonly OpenFinding[]): ReadonlySet<string> => {
  const reported = new Set(open.filter(({ kind }) => kind === 'table-shrunk').map(({ table }) => table));
  return new Set(
    scene.tables.flatMap((table) => {
      const shrunk = shrunkIn(scene, table, scene.at);
      if (shrunk === undefined) return [];
      return reported.has(table.name) ? [...shrunk.kept] : [shrunk.first];
    }),
  );
};

/** What should be gone is gone. That what should be there is there, every run's own check has shown. */
export const retentionExact = (scene: Scene, open: readonly OpenFinding[]): readonly string[] => {
  const kept = keptLarger(scene, open);
  return allSeriesIn(scene)
    .filter((series) => isFree(series, scene.at) && !isHeldBack(series, open))
    .flatMap((series) =>
      expirable(series, scene.at, scene.at)
        .filter(({ backup }) => !kept.has(backup.arn))
        .map(({ backup }) => `${backup.name} of ${series.table.name} is still there, and no rule keeps it`),
    );
};
