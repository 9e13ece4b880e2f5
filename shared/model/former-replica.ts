import type { Instant } from './instant.ts';

/** What is known of the global table that a table which is gone was part of. */
export interface FormerReplica {
  readonly table: string;
  /** When the settings were kept that know its Regions. */
  readonly keptAt: Instant;
  /** Regions in which it was seen to stand, and has stood since before then; sorted. */
  readonly standsIn: readonly string[];
  /** Regions that could not be looked at, sorted. */
  readonly unseenIn: readonly string[];
  /** What the table that is gone was encrypted with, where that was a key of the account. */
  readonly keyArn?: string;
  /** Its reads are consistent over all Regions: no replica can be added to it while it has items. */
  readonly isStrong?: true;
}
