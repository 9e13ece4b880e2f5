import type { OpenFinding } from '../../shared/model/memory.ts';
import { shrunkIn } from '../truth/shrunk.ts';
import { countedAt, expirable, type Stream, slotOf, streamsIn } from '../truth/streams.ts';
import type { Scene } from '../world/record.ts';

/** What holds expiry back permanently: a hold, an inaccessible table, or a latest slot that a backup is still being made for. */
const isFree = (stream: Stream, at: number): boolean =>
  !stream.held &&
  stream.table.shownStatus === undefined &&
  countedAt(stream, at, at).some(({ slot }) => slot >= slotOf(stream, at));

/**
 * While a table is reported to have lost a policy, what was overdue or failing under that policy is open, and holds back all expiry of the table. What
 * a hold kept stays while it is reported that the hold is gone, and for a day at the least.
 */
const isHeldBack = ({ table }: Stream, open: readonly OpenFinding[]): boolean =>
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
  return streamsIn(scene)
    .filter((stream) => isFree(stream, scene.at) && !isHeldBack(stream, open))
    .flatMap((stream) =>
      expirable(stream, scene.at, scene.at)
        .filter(({ backup }) => !kept.has(backup.arn))
        .map(({ backup }) => `${backup.name} of ${stream.table.name} is still there, and no rule keeps it`),
    );
};
