import type { Instant } from '../model/instant.ts';

/** Time. The only source of `now`, and the only way to wait, so that a simulated account can run both. */
export interface Clock {
  now(): Instant;
  /** Resolves after that many milliseconds; at once for zero and below. */
  sleep(ms: number): Promise<void>;
  /** Calls `wake` after that many milliseconds, unless the returned function is called first. */
  after(ms: number, wake: () => void): () => void;
}
