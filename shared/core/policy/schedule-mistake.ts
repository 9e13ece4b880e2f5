import { type Duration, durationText, durationWords } from '../../model/duration.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../model/instant.ts';
import { cronMistake, withUsualSpaces } from '../calendar/cron-fields.ts';
import { daysNamed, longestIntervalMs, shortestIntervalMs } from '../calendar/intervals.ts';
import type { Schedule } from '../calendar/slots.ts';
import { type Advice, shown } from './mistake.ts';
import { otherCronAdvice } from './other-crons.ts';

// The backup function runs every 30 minutes and makes up only the latest slot. Below half of that,
// most slots would be missed.
const LEAST_INTERVAL_MS = 15 * MINUTE_MS;

const intervalText = (ms: number): string =>
  ms % HOUR_MS === 0
    ? durationText({ years: 0, months: 0, days: 0, hours: ms / HOUR_MS })
    : `${ms / MINUTE_MS} minutes`;

const fieldAdvice = (cron: string): Advice | undefined => {
  const mistake = cronMistake(cron);
  if (mistake === undefined) return undefined;
  const other = otherCronAdvice(cron);
  if (other !== undefined) return other;
  if (mistake.field === undefined) {
    return {
      what: `The schedule ${shown(cron)} does not have five fields.`,
      fix: 'Write minute, hour, day of month, month and day of week, such as "0 3 * * *" for every day at 03:00.',
    };
  }
  return {
    what: `The schedule ${shown(cron)} cannot have ${shown(mistake.text)} as its ${mistake.field}.`,
    fix: `Write *, ${mistake.allowed}, or a list (1,5), a range (1-5) or a step (*/2) of these.`,
  };
};

const dayAdvice = (cron: string): Advice | undefined =>
  daysNamed(cron).length > 0
    ? undefined
    : {
        what: `The schedule ${shown(cron)} names a day that never comes.`,
        fix: 'Choose a day of month that one of its months has.',
      };

const intervalAdvice = (cron: string): Advice | undefined => {
  const shortestMs = shortestIntervalMs({ schedule: cron });
  if (shortestMs >= LEAST_INTERVAL_MS) return undefined;
  return {
    what: `The schedule ${shown(cron)} asks for recovery points ${intervalText(shortestMs)} apart.`,
    fix: 'Leave 15 minutes or more: Tablekeeper looks every 30 minutes and makes only the latest, and pitr covers the time between.',
  };
};

/** Describes what is wrong with a cron as a policy's schedule; undefined when nothing is. */
export const scheduleAdvice = (written: string): Advice | undefined => {
  const cron = withUsualSpaces(written);
  return fieldAdvice(cron) ?? dayAdvice(cron) ?? intervalAdvice(cron);
};

const digestIntervalAdvice = (cron: string): Advice | undefined => {
  const shortestMs = shortestIntervalMs({ schedule: cron });
  if (shortestMs === 0 || shortestMs >= HOUR_MS) return undefined;
  return {
    what: `The schedule ${shown(cron)} asks for digests ${shortestMs / MINUTE_MS} min apart.`,
    fix: 'Leave an hour or more: a digest goes out with an audit. "0 8 * * 1" sends one on Mondays.',
  };
};

/** Describes what is wrong with a cron as the schedule of digests; undefined when nothing is. */
export const digestAdvice = (written: string): Advice | undefined => {
  const cron = withUsualSpaces(written);
  return fieldAdvice(cron) ?? dayAdvice(cron) ?? digestIntervalAdvice(cron);
};

/** Returns the most milliseconds that a duration can last: a month of 31 days, a year of 366. Clock changes do not count. */
export const mostMsOf = ({ years, months, days, hours, minutes = 0 }: Duration): number =>
  (years * 366 + months * 31 + days) * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS;

/**
 * The most intervals without a recovery point, and at least two days, that anyone would wait for an
 * alert.
 */
const MOST_INTERVALS = 10;
const MOST_WAIT_MS = 2 * DAY_MS;

const tooLong = ({ schedule }: Schedule, rpo: Duration, longestMs: number): Advice | undefined => {
  const mostMs = Math.max(MOST_INTERVALS * longestMs, MOST_WAIT_MS);
  if (mostMsOf(rpo) <= mostMs) return undefined;
  const most = intervalText(Math.floor(mostMs / HOUR_MS) * HOUR_MS);
  return {
    what: `An rpo of ${durationText(rpo)} (${durationWords(rpo)}) would alert nobody while backups fail for all that time: at most ${intervalText(longestMs)} lie between two slots of "${schedule}".`,
    fix: `Write ${most} or less, or leave rpo out: it follows from the schedule.`,
  };
};

/**
 * Describes what is wrong with an RPO for a valid schedule; undefined when the schedule can keep
 * it.
 */
export const rpoAdvice = (schedule: Schedule, rpo: Duration): Advice | undefined => {
  const longestMs = longestIntervalMs(schedule);
  if (mostMsOf(rpo) >= longestMs) return tooLong(schedule, rpo, longestMs);
  const least = intervalText(Math.ceil(longestMs / HOUR_MS) * HOUR_MS);
  return {
    what: `An rpo of ${durationText(rpo)} can never be kept: up to ${intervalText(longestMs)} lie between two slots of "${schedule.schedule}".`,
    fix: `Write ${least} or more, leave rpo out, or schedule more often.`,
  };
};
