import type { Instant } from '../../model/instant.ts';
import type { Pause } from '../../ports/pause.ts';

/** Returns a pause of so many milliseconds; it is over until it begins for the first time, and where a clock went backwards. */
export const createPause = (ms: number): Pause => {
  let begunAt: Instant | undefined;
  return {
    isOver: (now) => begunAt === undefined || now < begunAt || now - begunAt >= ms,
    begin: (now) => {
      begunAt = now;
    },
  };
};
