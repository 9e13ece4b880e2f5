import { type Period, periodOfWallTime } from '../schedule/calendar.ts';
import type { WallTime } from '../schedule/zone.ts';
import { periodLabel } from './period-label.ts';
import { passReasonText } from './reasons.ts';
import type { Judgement, Rule } from './rule.ts';

/** Every kind of period that a retention may count, shortest first. */
export const PERIODS: readonly Period[] = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'];

/** How many periods of which kind to keep one recovery point for. */
export interface Bucket {
  readonly period: Period;
  readonly count: number;
}

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
export const bucketRule = ({ period, count }: Bucket): Rule => {
  const filled: Judgement = { keeps: false, reason: passReasonText({ kind: 'filled', period, count }) };
  let superseded = filled;
  let current: number | undefined;
  let kept = 0;
  const keepNewest = (key: number, wall: WallTime): Judgement => {
    const label = periodLabel(period, wall);
    current = key;
    kept += 1;
    superseded = { keeps: false, reason: passReasonText({ kind: 'superseded', label }) };
    return { keeps: true, reason: { kind: 'newest-of-period', period, label, nth: kept, count } };
  };
  return ({ wall, isOldest }) => {
    if (kept === count) return filled;
    const key = periodOfWallTime(period, wall);
    if (key !== current) return keepNewest(key, wall);
    return isOldest ? { keeps: true, reason: { kind: 'oldest', period, filled: kept, count } } : superseded;
  };
};
