import type { Clock } from '../../ports/clock.ts';

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
