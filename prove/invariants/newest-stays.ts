import { countedAt, floorOf, streamsIn } from '../truth/streams.ts';
import { nowOf } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

/** 1. The newest restorable recovery point of a table under a policy is never expired. Another instant between start and end may count. */
export const newestStays: Invariant = (run) => {
  if (run.deleted.length === 0) return [];
  const gone = new Map(run.deleted.map((entry) => [entry.arn, entry]));
  return streamsIn(run.before).flatMap((stream) =>
    [...floorOf(countedAt(stream, run.before.at, nowOf(run)))]
      .filter(({ backup }) => gone.has(backup.arn))
      .map(
        ({ backup }) =>
          `${backup.name} of ${stream.table.name} was the newest restorable one and was deleted`,
      ),
  );
};
