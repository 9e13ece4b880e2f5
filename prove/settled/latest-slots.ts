import { type Stream, slotOf, streamsIn } from '../truth/streams.ts';
import type { Scene } from '../world/record.ts';

const isReachable = ({ table }: Stream): boolean => table.shownStatus === undefined;

/**
 * Every governed table has a recovery point for the latest slot of each policy, and exactly one; a recovery point of a later slot, from before
 * the schedule was edited, stands for it.
 */
export const latestSlotsFilled = (scene: Scene): readonly string[] =>
  streamsIn(scene)
    .filter(isReachable)
    .flatMap((stream) => {
      const slot = slotOf(stream, scene.at);
      const believable = stream.points.filter(
        (point) => point.slot <= scene.at && point.slot <= point.backup.createdAt + 300_000,
      );
      const exact = believable.filter((point) => point.slot === slot).length;
      const later = believable.some((point) => point.slot > slot);
      const what = `${stream.table.name} has ${exact} recovery points for the latest slot of ${stream.policy.name}, ${new Date(slot).toISOString()}`;
      return exact > 1 || (exact === 0 && !later) ? [what] : [];
    });
