import type { Clock } from '../../ports/clock.ts';

/** The clock of this process. Its timers are looked up at each call, so that a process put into virtual time stays there. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms) => {
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  },
};
