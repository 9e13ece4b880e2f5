import { type Duration, durationText } from '../../model/duration.ts';
import type { Instant } from '../../model/instant.ts';
import { type Period, periodOfWallTime, subtractDuration } from '../calendar/calendar.ts';
import { hourAt, type ShownPeriod } from '../calendar/hour.ts';
import type { Candidate, Rule } from './counting.ts';
import { type Bucket, type Judgement, passReasonText, type Wording } from './reasons.ts';

/** Every kind of period that a retention may count, shortest first. */
export const PERIODS: readonly Period[] = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'];

/** Creates the rule that keeps that many of the newest, or all of a shorter history. */
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

const periodOf = (period: Period, { time, timezone, wall }: Candidate): ShownPeriod =>
  period === 'hourly' ? hourAt(timezone, time) : { key: periodOfWallTime(period, wall), wall };

/**
 * Builds the rule that keeps the newest of each of the last `count` periods that have one; periods without one are not counted. The oldest slot of
 * all is kept too while the count is not used up, so that a young history keeps its beginning.
 * @see https://restic.readthedocs.io/en/stable/060_forget.html (checked 2026-11-22)
 */
export const bucketRule = (bucket: Bucket, { speakerOf }: Pick<Wording, 'speakerOf'>): Rule => {
  const { period, count } = bucket;
  const speak = speakerOf(bucket);
  const filled: Judgement = { keeps: false, reason: passReasonText({ kind: 'filled', period, count }) };
  // When clocks go back a day may appear twice: it is one period, wherever it appears again.
  const superseded = new Map<number, Judgement>();
  let kept = 0;
  const keepNewest = (shown: ShownPeriod): Judgement => {
    kept += 1;
    const saying = speak(shown, kept);
    superseded.set(shown.key, saying.superseded);
    return saying.newest;
  };
  return (candidate) => {
    if (kept === count) return filled;
    const shown = periodOf(period, candidate);
    const passed = superseded.get(shown.key);
    if (passed === undefined) return keepNewest(shown);
    return candidate.isOldest
      ? { keeps: true, reason: { kind: 'oldest', period, filled: kept, count } }
      : passed;
  };
};

/** How far back from which slot a rule reaches, on the calendar of which zone. */
export interface Reach {
  readonly newest: Instant;
  readonly within: Duration;
  readonly timezone: string;
}

/**
 * Creates the rule that keeps everything newer than the far end of a reach; a point exactly at the
 * far end is not within it. Measured from the newest slot, not from now, so that nothing expires by
 * age while backups stand still.
 */
export const withinRule = ({ newest, within, timezone }: Reach): Rule => {
  const farEnd = subtractDuration(newest, within, timezone);
  const text = durationText(within);
  const inside: Judgement = { keeps: true, reason: { kind: 'within', within: text } };
  const outside: Judgement = { keeps: false, reason: passReasonText({ kind: 'not-within', within: text }) };
  return ({ time }) => (time > farEnd ? inside : outside);
};
