import type { Instant } from '../../model/instant.ts';
import { MINUTE_MS } from '../../model/instant.ts';
import type { CallTime } from '../../ports/call-time.ts';
import type { Clock } from '../../ports/clock.ts';

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

/** Returns the first half of what is left of a call time, for a call that others must come after. */
export const halfOf = (callTime: CallTime, clock: Pick<Clock, 'now'>): CallTime => ({
  ...callTime,
  until: () => {
    const now = clock.now();
    return now + (callTime.until() - now) / 2;
  },
});
