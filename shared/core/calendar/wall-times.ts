import { Cron } from 'croner';
import { MINUTE_MS } from '../../model/instant.ts';
import type { WallTime } from './zone.ts';

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
