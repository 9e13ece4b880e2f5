import { allSeriesIn, countedAt, type Series, slotOf } from '../truth/all-series.ts';
import type { Invariant } from './invariant.ts';

const HOUR_MS = 3_600_000;

/** The latest slot is filled, or it is not an hour past and what there is is still as young as promised. */
const isInTime = (series: Series, instant: number, now: number): boolean => {
  const slot = slotOf(series, now);
  const counted = countedAt(series, instant, now);
  if (counted.some((point) => point.slot >= slot)) return true;
  const newestAt = Math.max(0, ...counted.map(({ backup }) => backup.createdAt));
  return now - slot <= HOUR_MS && now - newestAt <= series.policy.rpoHours * HOUR_MS;
};

const keyOf = ({ table, policy }: Series): string => `${table.id} ${policy.name}`;

/** 5. No expiry while the recovery point of the latest slot is missing, failing or overdue, both as the run began and as it ended. */
export const failingKeeps: Invariant = (run) => {
  if (run.deleted.length === 0) return [];
  const inTime = [run.before, run.later].flatMap((scene) =>
    allSeriesIn(scene).filter((series) => isInTime(series, scene.at, scene.at + run.skewMs)),
  );
  const keys = new Set(inTime.map(keyOf));
  const late = allSeriesIn(run.before).filter((series) => !keys.has(keyOf(series)));
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
