import type { Duration } from '../../model/duration.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import { type WallTime, wallTimeAt, zoneOffsetMs } from './zone.ts';

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
 * Given a time on the wall, returns the number of its period: equal for two times of the same hour, day, ISO week, month or year, and
 * greater for a later one. At the edge: the two passes of an hour that clocks going back repeat are one hour, as they read the same.
 */
export const periodOfWallTime = (period: Period, wall: WallTime): number => KEYS[period](wall);

/** The moment of a time on the wall. A skipped or repeated time is ambiguous; this picks as restic does, so that both keep the same. */
const momentAsResticPicks = (zone: string, wall: WallTime): Instant =>
  wall - zoneOffsetMs(zone, wall - zoneOffsetMs(zone, wall));

/**
 * Given a moment, returns the one that is a duration earlier: years, months and days back on the zone's calendar at the same time of
 * day, then hours on the clock. At the edge: a day that its month does not have runs over into the next, as restic counts (31 March less a
 * month is 3 March, 2 March in a leap year), and a time that clock changes skip or repeat is within an hour of either reading.
 * @see https://restic.readthedocs.io/en/stable/060_forget.html (checked 2026-11-22)
 */
export const subtractDuration = (instant: Instant, duration: Duration, zone: string): Instant => {
  const { years, months, days, hours } = duration;
  const onTheClock = hours * HOUR_MS;
  const wall = wallTimeAt(zone, instant);
  const date = new Date(wall);
  const timeOfDay = wall - dayOf(wall) * DAY_MS;
  const midnight = Date.UTC(
    date.getUTCFullYear() - years,
    date.getUTCMonth() - months,
    date.getUTCDate() - days,
  );
  return momentAsResticPicks(zone, midnight + timeOfDay) - onTheClock;
};
