import { type Period, periodOfWallTime } from '../calendar/calendar.ts';
import type { WallTime } from '../calendar/zone.ts';
import type { Bucket } from './bucket.ts';
import { passReasonText } from './reasons.ts';
import type { Judgement, Rule } from './rule.ts';
import { speakerOf } from './sayings.ts';

/** Every kind of period that a retention may count, shortest first. */
export const PERIODS: readonly Period[] = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'];

/** Given a count, returns the rule that keeps that many of the newest. At the edge: all of a history that has fewer. */
export const lastRule = (count: number): Rule => {
  const among: Judgement = { keeps: true, reason: { kind: 'last', count } };
  const beyond: Judgement = { keeps: false, reason: passReasonText({ kind: 'not-last', count }) };
  let kept = 0;
  return () => {
    if (kept === count) return beyond;
    kept += 1;
    return among;
  };
};

/**
 * Given a bucket, returns the rule that keeps the newest of each of the last `count` periods that have one; periods without one are not
 * counted. At the edge: the oldest slot of all is kept too while the count is not used up, so that a young history keeps its beginning.
 * @see https://restic.readthedocs.io/en/stable/060_forget.html (checked 2026-11-22)
 */
export const bucketRule = (bucket: Bucket): Rule => {
  const { period, count } = bucket;
  const speak = speakerOf(bucket);
  const filled: Judgement = { keeps: false, reason: passReasonText({ kind: 'filled', period, count }) };
  // Clocks that go back show an hour twice, or a day: it is one period, wherever the walk meets it again.
  const superseded = new Map<number, Judgement>();
  let kept = 0;
  const keepNewest = (key: number, wall: WallTime): Judgement => {
    kept += 1;
    const saying = speak(key, kept, wall);
    superseded.set(key, saying.superseded);
    return saying.newest;
  };
  return ({ wall, isOldest }) => {
    if (kept === count) return filled;
    const key = periodOfWallTime(period, wall);
    const passed = superseded.get(key);
    if (passed === undefined) return keepNewest(key, wall);
    return isOldest ? { keeps: true, reason: { kind: 'oldest', period, filled: kept, count } } : passed;
  };
};
