import { Cron } from 'croner';
import { DAY_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { Policy } from '../../model/policy.ts';
import { isHourly } from './cron-fields.ts';
import { firstMomentOf, momentsOf, type WallTime, zoneOffsetMs } from './zone.ts';

/** The times on the wall that a cron names, on a calendar without clock changes. */
export interface WallTimes {
  /** The latest at or before a time; undefined when there is none. */
  atOrBefore(wall: WallTime): WallTime | undefined;
  /** The earliest after a time; undefined when there is none. */
  after(wall: WallTime): WallTime | undefined;
}

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

interface Rhythm {
  readonly times: WallTimes;
  readonly hourly: boolean;
  latest?: { readonly now: Instant; readonly slot: Instant };
}

/** What clocks show is the same in every zone, and takes much more memory than the rest. */
const wallTimes = new Map<string, WallTimes>();

const timesOf = (schedule: string): WallTimes => {
  const known = wallTimes.get(schedule);
  if (known !== undefined) return known;
  const times = wallTimesOf(schedule);
  wallTimes.set(schedule, times);
  return times;
};

const rhythms = new Map<string, Rhythm>();

const rhythmOf = ({ schedule, timezone }: Schedule): Rhythm => {
  const key = `${timezone} ${schedule}`;
  const known = rhythms.get(key);
  if (known !== undefined) return known;
  const rhythm = { times: timesOf(schedule), hourly: isHourly(schedule) };
  rhythms.set(key, rhythm);
  return rhythm;
};

/**
 * Returns the slots, in order, for a wall time that the schedule's cron names. A schedule of every hour (`*`) has a slot whenever clocks show the
 * time: none when it is skipped, two when it is repeated. All others mean a time of the day: one slot, at the first moment clocks show it or have
 * passed it, so that every day has one.
 */
export const slotsOfWallTime = (schedule: Schedule, wall: WallTime): readonly Instant[] =>
  rhythmOf(schedule).hourly ? momentsOf(schedule.timezone, wall) : [firstMomentOf(schedule.timezone, wall)];

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
  const rhythm = rhythmOf(schedule);
  if (rhythm.latest?.now === now) return rhythm.latest.slot;
  const found = starts(schedule.timezone, now, now - DAY_MS).map((start) => latestFrom(schedule, start, now));
  const slot = Math.max(...found);
  rhythm.latest = { now, slot };
  return slot;
};

/** Returns the first slot after `now`, never `now` itself. Throws for a schedule without any slot. */
export const nextSlot = (schedule: Schedule, now: Instant): Instant =>
  Math.min(...starts(schedule.timezone, now, now + DAY_MS).map((start) => nextFrom(schedule, start, now)));

/** Far more than the slots of any account's recovery points; a process that runs for years drops the oldest all at once. */
const MOST_SLOTS = 100_000;

const ends = new Map<string, Map<Instant, Instant | undefined>>();
let known = 0;

const endsOf = ({ schedule, timezone }: Schedule): Map<Instant, Instant | undefined> => {
  const key = `${timezone} ${schedule}`;
  const ofSchedule = ends.get(key) ?? new Map<Instant, Instant | undefined>();
  ends.set(key, ofSchedule);
  return ofSchedule;
};

/**
 * Returns when a slot of the schedule is succeeded by the next one, or undefined when the moment is no slot of it. Tables of one policy share
 * their slots, so each is looked up once.
 */
export const slotEnd = (schedule: Schedule, moment: Instant): Instant | undefined => {
  if (known > MOST_SLOTS) {
    ends.clear();
    known = 0;
  }
  const ofSchedule = endsOf(schedule);
  if (ofSchedule.has(moment)) return ofSchedule.get(moment);
  const end = latestSlot(schedule, moment) === moment ? nextSlot(schedule, moment) : undefined;
  ofSchedule.set(moment, end);
  known += 1;
  return end;
};
