import { type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { CallTime, Clock, Pause } from '../../ports/time.ts';

/** The longest wait a Node timer can hold, in milliseconds; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The clock of this process. Its timers are looked up at each call, so that a process put into virtual time stays there. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms) => {
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  },
  after: (ms, wake) => {
    const timer = setTimeout(wake, Math.min(Math.max(0, ms), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/** Creates a pause of so many milliseconds; it is not running until it begins for the first time, and ends when a clock goes backwards. */
export const createPause = (ms: number): Pause => {
  let begunAt: Instant | undefined;
  return {
    isOver: (now) => begunAt === undefined || now < begunAt || now - begunAt >= ms,
    begin: (now) => {
      begunAt = now;
    },
  };
};

/** As long as Lambda's longest run. */
const MOST_MS = 15 * MINUTE_MS;

/** Returns the call time of one container or one command. While nothing is allowed, each call has `eachMs`, 15 minutes unless given. */
export const createCallTime = (clock: Pick<Clock, 'now'>, eachMs = MOST_MS): CallTime => {
  let allowed: Instant | undefined;
  return {
    until: () => allowed ?? clock.now() + eachMs,
    allow: (until) => {
      allowed = until;
    },
  };
};

/** Returns the first half of the remaining call time, for a call that must leave time for others. */
export const halfOf = (callTime: CallTime, clock: Pick<Clock, 'now'>): CallTime => ({
  ...callTime,
  until: () => {
    const now = clock.now();
    return now + (callTime.until() - now) / 2;
  },
});
