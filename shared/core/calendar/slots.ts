import { Cron } from 'croner';
import { DAY_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { Policy } from '../../model/policy.ts';
import { compiledOnce, type Rhythm, type WallTimes } from './compiled.ts';
import { isHourly } from './cron-fields.ts';
import { firstMomentOf, momentsOf, type WallTime, zoneOffsetMs } from './zone.ts';

/** Enough for callers that walk years of slots repeatedly; a process that runs for years drops them all at once. */
const MOST_KNOWN = 4_096;

/** Nothing a five-field cron says changes within a minute. */
const byMinute = (ask: (minute: number) => WallTime | undefined) => {
  const known = new Map<number, WallTime | undefined>();
  return (wall: WallTime): WallTime | undefined => {
    const minute = Math.floor(wall / MINUTE_MS);
    const before = known.get(minute);
    if (before !== undefined) return before;
    const time = ask(minute);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(minute, time);
    return time;
  };
};

/**
 * Parses the times that a valid five-field cron names. If both the day of month and the day of week are restricted, a day that is either counts, as
 * in every cron. Throws for a cron that croner does not read.
 */
export const wallTimesOf = (cron: string): WallTimes => {
  // An offset of zero lets croner count on a calendar without clock changes, and spares it Intl: ten times as fast.
  const times = new Cron(cron, { mode: '5-part', paused: true, utcOffset: 0 });
  return {
    atOrBefore: byMinute((minute) => times.previousRuns(1, new Date((minute + 1) * MINUTE_MS))[0]?.getTime()),
    after: byMinute((minute) => times.nextRun(new Date(minute * MINUTE_MS))?.getTime()),
  };
};

/** When a policy asks for recovery points: a right five-field cron that names at least one day, and the IANA zone to read it in. */
export type Schedule = Pick<Policy, 'schedule' | 'timezone'>;

const rhythmOf = ({ schedule }: Schedule): Rhythm =>
  compiledOnce('rhythms', schedule, () => ({
    times: wallTimesOf(schedule),
    isHourly: isHourly(schedule),
  }));

/**
 * Returns the slots, in order, for a wall time that the schedule's cron names. A schedule of every hour (`*`) has a slot whenever clocks show the
 * time: none when it is skipped, two when it is repeated. All others mean a time of the day: one slot, at the first moment clocks show it or have
 * passed it, so that every day has one.
 */
export const slotsOfWallTime = (schedule: Schedule, wall: WallTime): readonly Instant[] =>
  rhythmOf(schedule).isHourly ? momentsOf(schedule.timezone, wall) : [firstMomentOf(schedule.timezone, wall)];

const noSlot = ({ schedule, timezone }: Schedule): Error =>
  new Error(`the schedule ${schedule} in ${timezone} has no slot`);

const latestFrom = (schedule: Schedule, start: WallTime, now: Instant): Instant => {
  const { times } = rhythmOf(schedule);
  for (let wall = times.atOrBefore(start); wall !== undefined; wall = times.atOrBefore(wall - 1)) {
    const slot = slotsOfWallTime(schedule, wall).findLast((at) => at <= now);
    if (slot !== undefined) return slot;
  }
  throw noSlot(schedule);
};

const nextFrom = (schedule: Schedule, start: WallTime, now: Instant): Instant => {
  const { times } = rhythmOf(schedule);
  for (let wall = times.after(start); wall !== undefined; wall = times.after(wall)) {
    const slot = slotsOfWallTime(schedule, wall).find((at) => at > now);
    if (slot !== undefined) return slot;
  }
  throw noSlot(schedule);
};

/** What clocks show now and, where they change within the day, what they would show without the change. Between the two stand the repeated times. */
const starts = (zone: string, now: Instant, other: Instant): readonly WallTime[] => [
  ...new Set([now + zoneOffsetMs(zone, now), now + zoneOffsetMs(zone, other)]),
];

/**
 * Returns the newest slot that is not after `now`; `now` itself when it is a slot. Throws for a schedule without any slot, which a checked policy
 * file never has.
 */
export const latestSlot = (schedule: Schedule, now: Instant): Instant => {
  const found = starts(schedule.timezone, now, now - DAY_MS).map((start) => latestFrom(schedule, start, now));
  return Math.max(...found);
};

/** Returns the first slot after `now`, never `now` itself. Throws for a schedule without any slot. */
export const nextSlot = (schedule: Schedule, now: Instant): Instant =>
  Math.min(...starts(schedule.timezone, now, now + DAY_MS).map((start) => nextFrom(schedule, start, now)));

/** Returns when a slot of the schedule is succeeded by the next one, or undefined when the moment is no slot of it. */
export const slotEnd = (schedule: Schedule, moment: Instant): Instant | undefined =>
  latestSlot(schedule, moment) === moment ? nextSlot(schedule, moment) : undefined;
