import { allSeriesIn, type Series, slotOf } from '../truth/all-series.ts';
import type { Scene } from '../world/record.ts';

const isReachable = ({ table }: Series): boolean => table.shownStatus === undefined;

/**
 * Every governed table has a recovery point for the latest slot of each policy, and exactly one; a recovery point of a later slot, from before
 * the schedule was edited, stands for it.
 */
export const latestSlotsFilled = (scene: Scene): readonly string[] =>
  allSeriesIn(scene)
    .filter(isReachable)
    .flatMap((series) => {
      const slot = slotOf(series, scene.at);
      const believable = series.points.filter(
        (point) => point.slot <= scene.at && point.slot <= point.backup.createdAt + 300_000,
      );
      const exact = believable.filter((point) => point.slot === slot).length;
      const later = believable.some((point) => point.slot > slot);
      const what = `${series.table.name} has ${exact} recovery points for the latest slot of ${series.policy.name}, ${new Date(slot).toISOString()}`;
      return exact > 1 || (exact === 0 && !later) ? [what] : [];
    });
