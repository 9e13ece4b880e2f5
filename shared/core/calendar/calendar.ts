import type { Duration } from '../../model/duration.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import { earliestReadingOf, type WallTime, wallTimeAt } from './zone.ts';

/** The natural periods of retention: hours, days, ISO weeks (from Monday), months and years of the zone's calendar. */
export type Period = 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly';

// 1970-01-01 was a Thursday: three days after the Monday that began its ISO week.
const EPOCH_DAY_OF_WEEK = 3;

const dayOf = (wall: WallTime): number => Math.floor(wall / DAY_MS);
const yearOf = (wall: WallTime): number => new Date(wall).getUTCFullYear();

const KEYS: Readonly<Record<Period, (wall: WallTime) => number>> = {
  hourly: (wall) => Math.floor(wall / HOUR_MS),
  daily: dayOf,
  weekly: (wall) => Math.floor((dayOf(wall) + EPOCH_DAY_OF_WEEK) / 7),
  monthly: (wall) => yearOf(wall) * 12 + new Date(wall).getUTCMonth(),
  yearly: yearOf,
};

/**
 * Returns the number of the period in which a wall time falls: equal for two times of the same hour, day, ISO week, month or year, and greater for a
 * later one. The two passes of an hour that clocks going back repeat are one hour, because they read the same.
 */
export const periodOfWallTime = (period: Period, wall: WallTime): number => KEYS[period](wall);

/** Years, months and days back on the zone's calendar, at the same time of day. */
const subtractDays = (instant: Instant, { years, months, days }: Duration, zone: string): Instant => {
  const wall = wallTimeAt(zone, instant);
  const date = new Date(wall);
  const timeOfDay = wall - dayOf(wall) * DAY_MS;
  const midnight = Date.UTC(
    date.getUTCFullYear() - years,
    date.getUTCMonth() - months,
    date.getUTCDate() - days,
  );
  return earliestReadingOf(zone, midnight + timeOfDay);
};

/**
 * Returns the moment that is a duration earlier: years, months and days back on the zone's calendar at the same time of day, then hours
 * and minutes on the clock.
 * SAFETY: hours never go through the calendar, so that a repeated time of day cannot shorten them; where the calendar leads to a time that
 * clocks repeat or skip, the earlier reading counts, because what lies within a duration is kept.
 * A day that its month does not have runs over into the next, as restic counts: 31 March less a month is 3 March, 2 March in a leap year.
 * @see https://restic.readthedocs.io/en/stable/060_forget.html (checked 2026-11-22)
 */
export const subtractDuration = (instant: Instant, duration: Duration, zone: string): Instant => {
  const { years, months, days, hours, minutes = 0 } = duration;
  const onCalendar = years + months + days > 0 ? subtractDays(instant, duration, zone) : instant;
  return onCalendar - hours * HOUR_MS - minutes * MINUTE_MS;
};
