import { DAY_MS, HOUR_MS } from '../../model/instant.ts';
import type { Period } from '../calendar/calendar.ts';
import type { WallTime } from '../calendar/zone.ts';

const isoPart = (wall: WallTime, length: number): string => new Date(wall).toISOString().slice(0, length);

/** Monday is the first day of an ISO week; the epoch's day 0 was a Thursday. */
const thursdayOf = (wall: WallTime): number => Math.floor((Math.floor(wall / DAY_MS) + 3) / 7) * 7;

/** An ISO week belongs to the year of its Thursday. */
const weekLabel = (wall: WallTime): string => {
  const thursday = thursdayOf(wall);
  const year = new Date(thursday * DAY_MS).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1) / DAY_MS) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
};

const LABELS: Readonly<Record<Period, (wall: WallTime) => string>> = {
  hourly: (wall) => `${isoPart(Math.floor(wall / HOUR_MS) * HOUR_MS, 13).replace('T', ' ')}h`,
  daily: (wall) => isoPart(wall, 10),
  weekly: weekLabel,
  monthly: (wall) => isoPart(wall, 7),
  yearly: (wall) => isoPart(wall, 4),
};

/**
 * Given a kind of period and a time on the wall, returns what people call the period it falls in: `2026-11-23 14h`, `2026-11-23`,
 * `2026-W48`, `2026-11` or `2026`. At the edge: the first days of January may be in the last week of the year before.
 */
export const periodLabel = (period: Period, wall: WallTime): string => LABELS[period](wall);
