import { countedAt, type Stream, slotOf, streamsIn } from '../truth/streams.ts';
import { nowOf } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

const HOUR_MS = 3_600_000;

/** The latest slot is filled, or it is not an hour past and what there is is still as young as promised. */
const isInTime = (stream: Stream, instant: number, now: number): boolean => {
  const slot = slotOf(stream, now);
  const counted = countedAt(stream, instant, now);
  if (counted.some((point) => point.slot >= slot)) return true;
  const newestAt = Math.max(0, ...counted.map(({ backup }) => backup.createdAt));
  return now - slot <= HOUR_MS && now - newestAt <= stream.policy.rpoHours * HOUR_MS;
};

/** 5. No expiry while the recovery point of the latest slot is missing, failing or overdue. */
export const failingKeeps: Invariant = (run) => {
  if (run.deleted.length === 0) return [];
  const late = streamsIn(run.before).filter(
    (stream) =>
      !isInTime(stream, run.before.at, nowOf(run)) &&
      !isInTime(stream, run.endedAt, run.endedAt + run.skewMs),
  );
  return late.flatMap(({ table, policy, points }) => {
    const arns = new Set(points.map(({ backup }) => backup.arn));
    return run.deleted
      .filter(({ arn }) => arns.has(arn))
      .map(
        ({ name }) =>
          `${name} was deleted while ${table.name} had nothing for the latest slot of ${policy.name}`,
      );
  });
};
