import type { Instant } from '../../model/instant.ts';
import type { Policy } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { TableDetails } from '../../model/table.ts';

/** One of our recovery points, with the slot its name states. */
export interface StreamPoint {
  readonly recoveryPoint: RecoveryPoint;
  readonly slot: Instant;
}

/**
 * All that retention needs to know of one table under one policy that governs it. Recovery points of a policy that is gone, or that no
 * longer governs the table, belong to no stream, and so nothing ever decides to expire them.
 */
export interface Stream {
  readonly table: string;
  readonly policy: Policy;
  /** What DescribeTable said; without it nobody knows whose recovery points these are. */
  readonly confirmed?: TableDetails | undefined;
  /** Whether the table's tags stop its expiry: they say `backup:hold = true`, or something that is nearly that. */
  readonly hold: boolean;
  /** The tag that seems to be meant so, as it stands there; absent where it is clear. */
  readonly unclearHold?: string | undefined;
  /** Each gap of the observation that bears on this table, as a sentence: tags, recovery points, its details, memory. */
  readonly gaps: readonly string[];
  /** Every recovery point of this deployment, table and policy, in any order: of any incarnation and status. */
  readonly points: readonly StreamPoint[];
  /** The newest slot of the schedule that is not in the future. */
  readonly latestSlot: Instant;
  /** Whether a `backups-failing` finding is open for this table and policy. */
  readonly backupsFailing: boolean;
  /** What makes `now` suspicious, as a sentence; absent when nothing does. */
  readonly clockSuspicious?: string | undefined;
}
