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

/**
 * Given a right five-field cron, returns the times it names. At the edge: where both the day of month and the day of week are
 * restricted, a day that is either counts, as in every cron. Throws for a cron that croner does not read.
 */
export const wallTimesOf = (cron: string): WallTimes => {
  // An offset of zero lets croner count on a calendar without clock changes, and spares it Intl: ten times as fast.
  const times = new Cron(cron, { mode: '5-part', paused: true, utcOffset: 0 });
  return {
    atOrBefore: (wall) => {
      const nextMinute = (Math.floor(wall / MINUTE_MS) + 1) * MINUTE_MS;
      return times.previousRuns(1, new Date(nextMinute))[0]?.getTime();
    },
    after: (wall) => times.nextRun(new Date(wall))?.getTime(),
  };
};
