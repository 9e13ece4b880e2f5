import { DAY_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import { compiledOnce, type DaysInZone } from './compiled.ts';
import { daysOnly, minutesOfDay } from './cron-fields.ts';
import { type Schedule, slotsOfWallTime, wallTimesOf } from './slots.ts';
import { type WallTime, zoneOffsetMs } from './zone.ts';

// Nine years hold two leap days and every pair of neighbouring days that a cron can name. Fixed, so that a policy's RPO never moves.
const SPAN_START: WallTime = Date.UTC(2024, 0, 1);
const SPAN_END: WallTime = Date.UTC(2033, 0, 1);

const daysIn = (cron: string): readonly WallTime[] => {
  const times = wallTimesOf(cron);
  const days: WallTime[] = [];
  let day = times.after(SPAN_START - 1);
  for (; day !== undefined && day < SPAN_END; day = times.after(day)) days.push(day);
  return days;
};

/** Returns the midnights of the days that a valid cron names in nine years; empty for days that never come. */
export const daysNamed = (schedule: string): readonly WallTime[] => {
  const cron = daysOnly(schedule);
  return compiledOnce('days', cron, () => daysIn(cron));
};

const differences = (sorted: readonly number[]): readonly number[] =>
  sorted.slice(1).map((value, index) => value - (sorted[index] ?? value));

const timesOf = (schedule: string): readonly number[] =>
  minutesOfDay(schedule).map((minute) => minute * MINUTE_MS);

type Days = readonly WallTime[];

const pairsOf = (days: Days): readonly Days[] => days.map((day, index) => [day, days[index + 1] ?? day]);

/** Whether the zone's clocks stand still around both days of a pair and read alike on both, so that counting on the wall is right. */
const isCalm = (zone: string, [first = 0, second = 0]: Days): boolean => {
  const offset = zoneOffsetMs(zone, first - DAY_MS);
  const edges = [first + 2 * DAY_MS, second - DAY_MS, second + 2 * DAY_MS];
  return edges.every((edge) => zoneOffsetMs(zone, edge) === offset);
};

const daysInZone = ({ schedule, timezone }: Schedule): DaysInZone => {
  const { calm = [], changing = [] } = Object.groupBy(pairsOf(daysNamed(schedule)), (pair) =>
    isCalm(timezone, pair) ? 'calm' : 'changing',
  );
  return { calmGaps: [...new Set(calm.flatMap(differences))], changing };
};

const calendarOf = (schedule: Schedule): DaysInZone =>
  compiledOnce('daysInZones', `${schedule.timezone} ${daysOnly(schedule.schedule)}`, () =>
    daysInZone(schedule),
  );

/** Between the times of one day, and from its last to the first of the next named day, where clocks do not change. */
const calmIntervals = (schedule: Schedule, times: readonly number[]): readonly number[] => {
  const overNight = (times[0] ?? 0) - (times.at(-1) ?? 0);
  const { calmGaps } = calendarOf(schedule);
  // The last day is its own neighbour, at no distance.
  const nights = calmGaps.filter((gap) => gap > 0).map((gap) => gap + overNight);
  return [...(calmGaps.length > 0 ? differences(times) : []), ...nights];
};

const slotsOfDays = (schedule: Schedule, days: Days, times: readonly number[]): readonly Instant[] => {
  const walls = days.flatMap((day) => times.map((time) => day + time));
  return [...new Set(walls.flatMap((wall) => slotsOfWallTime(schedule, wall)))].sort((a, b) => a - b);
};

const longestOf = (schedule: Schedule): number => {
  const { changing } = calendarOf(schedule);
  const times = timesOf(schedule.schedule);
  const intervals = [
    ...calmIntervals(schedule, times),
    ...changing.flatMap((pair) => differences(slotsOfDays(schedule, pair, times))),
  ];
  return intervals.reduce((most, interval) => Math.max(most, interval), 0);
};

/**
 * Returns the longest time between two neighbouring slots, in milliseconds, including clock changes: 25 hours for a daily schedule in a zone with
 * summer time. 0 for a schedule with fewer than two slots in nine years.
 */
export const longestIntervalMs = (schedule: Schedule): number =>
  compiledOnce('intervals', `${schedule.timezone} ${schedule.schedule}`, () => longestOf(schedule));

/**
 * Returns the shortest time between two neighbouring slots, in milliseconds, ignoring clock changes: they bring slots together once a year, which is
 * no reason to reject a schedule. 0 for a schedule with fewer than two slots in nine years.
 */
export const shortestIntervalMs = ({ schedule }: Pick<Schedule, 'schedule'>): number => {
  const intervals = calmIntervals({ schedule, timezone: 'UTC' }, timesOf(schedule));
  return intervals.length === 0 ? 0 : Math.min(...intervals);
};
