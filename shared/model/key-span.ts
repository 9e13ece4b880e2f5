import type { Instant } from './instant.ts';

/** That a table stood under one key from one instant to another, both as they were seen. Without a key: under one of AWS's own, which nobody can take away. */
export interface KeySpan {
  readonly keyArn?: string;
  readonly from: Instant;
  readonly until: Instant;
}
