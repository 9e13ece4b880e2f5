import type { Instant } from '../../model/instant.ts';
import type { Policy } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { TableDetails } from '../../model/table.ts';

/**
 * Why a recovery point was not asked for by the schedule. `off-schedule`: its name states a moment that is no slot · `out-of-period`: it states a
 * slot in whose own period it was not made · `surplus`: its slot has another one, made before.
 */
export type Unasked = 'off-schedule' | 'out-of-period' | 'surplus';

/** One recovery point owned by this instance, with the slot its name states. */
export interface StreamPoint {
  readonly recoveryPoint: RecoveryPoint;
  readonly slot: Instant;
  /** Absent when the schedule asked for it: only such a one fills a slot and pushes others out. */
  readonly unasked?: Unasked;
  /** Set if a schedule that is no longer known may have asked for it: it displaces only others of that kind. */
  readonly trusted?: true;
  /** Set where it shows that another one was not asked for: it stays as long as that does, or nothing would show it any more. */
  readonly disproves?: true;
}

/**
 * All that retention needs to know of one table under one policy that governs it. Recovery points of a policy that is gone, or that no
 * longer governs the table, belong to no stream, and so nothing ever decides to expire them.
 */
export interface Stream {
  readonly table: string;
  readonly policy: Policy;
  /** What DescribeTable said; without it, it is not known whose recovery points these are. */
  readonly confirmed?: TableDetails | undefined;
  /** Whether the table's tags stop its expiry: they say `backup:hold = true`, or something that is nearly that. */
  readonly hold: boolean;
  /** The tag that was probably meant as a hold, as written; absent if it is clear. */
  readonly unclearHold?: string | undefined;
  /** Since when a hold is gone that kept it until now; absent once what it kept may expire. */
  readonly holdLiftedAt?: Instant | undefined;
  /** Each gap of the observation that bears on this table, as a sentence: tags, recovery points, its details, memory. */
  readonly gaps: readonly string[];
  /** Every recovery point of this deployment, table and policy, in any order: of any incarnation and status. */
  readonly points: readonly StreamPoint[];
  /** The newest slot of the schedule that is not in the future. */
  readonly latestSlot: Instant;
  /** Whether the last backup run deferred the recovery point of the latest slot. */
  readonly deferred?: boolean;
  /** Whether a `backups-failing` finding is open for this table and policy. */
  readonly backupsFailing: boolean;
  /** What makes `now` suspicious, as a sentence; absent when nothing does. */
  readonly clockSuspicious?: string | undefined;
}
