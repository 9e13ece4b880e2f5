import type { PolicySpec } from '../story/file-spec.ts';
import { wallOf } from './wall.ts';

// restic's rules, once more and as plainly as its documentation states them.
// https://restic.readthedocs.io/en/stable/060_forget.html (checked 2026-11-22)

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Monday of the week, as ISO counts weeks. */
const weekOf = (wall: number): number => Math.floor((Math.floor(wall / DAY_MS) + 3) / 7);

/** An hour has sixty minutes at most: what clocks show again after they were set back is another hour. */
const hourOf = (wall: number, moment: number): string =>
  `${Math.floor(wall / HOUR_MS)} while clocks are ${wall - moment} ahead`;

const PERIODS: Readonly<Record<string, (wall: number, moment: number) => string>> = {
  hourly: hourOf,
  daily: (wall) => new Date(wall).toISOString().slice(0, 10),
  weekly: (wall) => String(weekOf(wall)),
  monthly: (wall) => new Date(wall).toISOString().slice(0, 7),
  yearly: (wall) => new Date(wall).toISOString().slice(0, 4),
};

/** The newest of each of the newest periods; and the very oldest where there are fewer periods than that. */
const keptByPeriod = (
  moments: readonly number[],
  zone: string,
  rule: string,
  count: number,
): readonly number[] => {
  const periodOf = PERIODS[rule];
  if (periodOf === undefined) throw new Error(`${rule} is no period`);
  const newest = new Map<string, number>();
  for (const moment of moments) {
    const period = periodOf(wallOf(zone, moment), moment);
    if (!newest.has(period)) newest.set(period, moment);
  }
  const kept = [...newest.values()].slice(0, count);
  return newest.size < count ? [...kept, ...moments.slice(-1)] : kept;
};

const keptByRule = (
  moments: readonly number[],
  zone: string,
  rule: string,
  count: number,
): readonly number[] =>
  rule === 'last' ? moments.slice(0, count) : keptByPeriod(moments, zone, rule, count);

/** That many days before an instant, at the same time on the wall: the earliest instant that can be meant. */
const daysBefore = (instant: number, days: number, zone: string): number => {
  if (days === 0) return instant;
  const wall = wallOf(zone, instant) - days * DAY_MS;
  const offsets = [-26, 26].map((hours) => wallOf(zone, wall + hours * HOUR_MS) - (wall + hours * HOUR_MS));
  const meant = offsets.map((offset) => wall - offset);
  const shown = meant.filter((one) => wallOf(zone, one) === wall);
  return Math.min(...(shown.length > 0 ? shown : meant));
};

/** Returns the moments of recovery points that the policy keeps: by any rule, and the newest whatever the rules say. */
export const keptMoments = (
  given: readonly number[],
  { retention, withinDays, withinHours }: Pick<PolicySpec, 'retention' | 'withinDays' | 'withinHours'>,
  zone: string,
): ReadonlySet<number> => {
  const moments = given.toSorted((a, b) => b - a);
  const [newest = 0] = moments;
  const byRules = Object.entries(retention).flatMap(([rule, count]) =>
    keptByRule(moments, zone, rule, count),
  );
  const since = daysBefore(newest, withinDays ?? 0, zone) - (withinHours ?? 0) * HOUR_MS;
  const byAge = since === newest ? [] : moments.filter((moment) => moment > since);
  return new Set([...moments.slice(0, 1), ...byRules, ...byAge]);
};
