import type { Instant } from './instant.ts';
import type { Policies } from './policy.ts';

/** What is recorded of a function's last run, to check whether it runs at all. */
export interface NotedRun {
  /** `backup`, `prune`, `audit`, `hint`; `cloudtrail` for the last hint that came by a trail. */
  readonly name: string;
  readonly at: Instant;
  /** Whether it observed, alerted and remembered completely. */
  readonly whole: boolean;
  /** Names the policies that the function was built with. */
  readonly policiesDigest: string;
  /** Those policies; absent where an older version wrote the note, and where they are too many for it. */
  readonly policies?: Policies;
}
