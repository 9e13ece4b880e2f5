import { type Duration, durationText } from '../../model/duration.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../model/instant.ts';
import { cronMistake } from '../schedule/cron-fields.ts';
import { daysNamed, longestIntervalMs, shortestIntervalMs } from '../schedule/intervals.ts';
import type { Schedule } from '../schedule/slots.ts';
import { type Advice, shown } from './mistake.ts';

// The backup function looks every 30 minutes and makes up only the latest slot. Below half of that, most slots would pass unseen.
const LEAST_INTERVAL_MS = 15 * MINUTE_MS;

const intervalText = (ms: number): string =>
  ms % HOUR_MS === 0
    ? durationText({ years: 0, months: 0, days: 0, hours: ms / HOUR_MS })
    : `${ms / MINUTE_MS} minutes`;

const fieldAdvice = (cron: string): Advice | undefined => {
  const mistake = cronMistake(cron);
  if (mistake === undefined) return undefined;
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

const intervalAdvice = (cron: string): Advice | undefined => {
  if (daysNamed(cron).length === 0) {
    return {
      what: `The schedule ${shown(cron)} names a day that never comes.`,
      fix: 'Choose a day of month that one of its months has.',
    };
  }
  const shortestMs = shortestIntervalMs({ schedule: cron });
  if (shortestMs >= LEAST_INTERVAL_MS) return undefined;
  return {
    what: `The schedule ${shown(cron)} asks for recovery points ${intervalText(shortestMs)} apart.`,
    fix: 'Leave 15 minutes or more: Tablekeeper looks every 30 minutes and makes only the latest, and pitr covers the time between.',
  };
};

/** Given a cron, returns what is wrong with it as a policy's schedule. At the edge: undefined when nothing is. */
export const scheduleAdvice = (cron: string): Advice | undefined => fieldAdvice(cron) ?? intervalAdvice(cron);

/** Given a duration, returns the most milliseconds it can be: a month of 31 days, a year of 366. At the edge: clock changes do not count. */
export const mostMsOf = ({ years, months, days, hours }: Duration): number =>
  (years * 366 + months * 31 + days) * DAY_MS + hours * HOUR_MS;

/** Given a right schedule and an RPO, returns what is wrong with the RPO. At the edge: undefined when the schedule can keep it. */
export const rpoAdvice = (schedule: Schedule, rpo: Duration): Advice | undefined => {
  const longestMs = longestIntervalMs(schedule);
  if (mostMsOf(rpo) >= longestMs) return undefined;
  const least = intervalText(Math.ceil(longestMs / HOUR_MS) * HOUR_MS);
  return {
    what: `An rpo of ${durationText(rpo)} can never be kept: up to ${intervalText(longestMs)} lie between two slots of "${schedule.schedule}".`,
    fix: `Write ${least} or more, leave rpo out, or schedule more often.`,
  };
};
