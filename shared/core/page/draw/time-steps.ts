import { DAY_MS, type Instant } from '../../../model/instant.ts';

/** Lists the moments of a step of time from the first to before the last, in UTC. */
export type TimeStep = (from: Instant, to: Instant) => readonly Instant[];

/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = 4 * DAY_MS;

const everyMs =
  (ms: number, first: Instant): TimeStep =>
  (from, to) => {
    const start = first + Math.ceil((from - first) / ms) * ms;
    return Array.from({ length: Math.max(0, Math.ceil((to - start) / ms)) }, (_, at) => start + at * ms);
  };

const startOfMonth = (month: number): Instant => Date.UTC(Math.floor(month / 12), month % 12);

/** Months are counted from the year 0, so that quarters begin with January. */
export const everyMonths =
  (months: number): TimeStep =>
  (from, to) => {
    const date = new Date(from);
    const times: Instant[] = [];
    let month = Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months) * months;
    for (; startOfMonth(month) < to; month += months)
      if (startOfMonth(month) >= from) times.push(startOfMonth(month));
    return times;
  };

export const daily: TimeStep = everyMs(DAY_MS, 0);
export const weekly: TimeStep = everyMs(7 * DAY_MS, FIRST_MONDAY);
