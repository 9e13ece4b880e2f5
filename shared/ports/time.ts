import type { Instant } from '../model/instant.ts';

/** Time. The only source of `now`, and the only way to wait, so that a simulated account can run both. */
export interface Clock {
  now(): Instant;
  /** Resolves after that many milliseconds; at once for zero and below. */
  sleep(ms: number): Promise<void>;
  /** Calls `wake` after that many milliseconds, unless the returned function is called first. */
  after(ms: number, wake: () => void): () => void;
}

/** Spaces out what must not be repeated at once. Lives as long as its process, and so needs no store. */
export interface Pause {
  isOver(now: Instant): boolean;
  begin(now: Instant): void;
}

/** Until when the calls of a run may go on: retries, waits for a turn, and answers that do not come. One run at a time has it. */
export interface CallTime {
  until(): Instant;
  /** From now on calls end by that instant; undefined when no run is under way, and each call has a time of its own. */
  allow(until: Instant | undefined): void;
}
