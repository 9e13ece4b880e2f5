import type { Instant } from '../model/instant.ts';

/** Until when the calls of a run may go on: retries, waits for a turn, and answers that do not come. One run at a time has it. */
export interface CallTime {
  until(): Instant;
  /** From now on calls end by that instant; undefined when no run is under way, and each call has a time of its own. */
  allow(until: Instant | undefined): void;
}
