import type { Instant } from '../../model/instant.ts';
import type { Job } from '../../model/job.ts';
import type { Policy } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { TableDetails } from '../../model/table.ts';
import type { SlotJob } from './vault-jobs.ts';

/**
 * Why a recovery point was not asked for by the schedule. `off-schedule`: its name states a moment that is no slot · `out-of-period`: it states a
 * slot in whose own period it was not made · `surplus`: its slot has another one, made before.
 */
export type Unasked = 'off-schedule' | 'out-of-period' | 'surplus';

/** The jobs of AWS Backup that matter to a table under a policy. */
export interface SeriesJobs {
  /** Those of this deployment for the latest slot, oldest first. */
  readonly own: readonly SlotJob[];
  /** How many were begun for it, with those that are listed no more. */
  readonly attempts: number;
  /** Another one that has the table, anyone's. */
  readonly other?: Job;
}

/** One recovery point owned by this instance, with the slot its name states. */
export interface SeriesPoint {
  readonly recoveryPoint: RecoveryPoint;
  readonly slot: Instant;
  /** Absent when the schedule asked for it: only then does it fill a slot and displace others. */
  readonly unasked?: Unasked;
  /** Set if a schedule that is no longer known may have asked for it: it displaces only others of that kind. */
  readonly trusted?: true;
  /**
   * Set when it shows that another one was not asked for: it stays as long as the other does, or
   * the proof would be lost.
   */
  readonly disproves?: true;
}

/**
 * All that retention needs to know of one table under one policy that governs it. Recovery points
 * of a policy that is gone, or that no longer governs the table, belong to no series, and so
 * nothing ever decides to expire them.
 */
export interface Series {
  readonly table: string;
  readonly policy: Policy;
  /**
   * The answer of DescribeTable; without it, the incarnation that these recovery points belong to
   * is unknown.
   */
  readonly confirmed?: TableDetails | undefined;
  /** Whether the table's tags stop its expiry: `backup:hold = true`, or something close to it. */
  readonly hold: boolean;
  /** The tag that was probably meant as a hold, as written; absent if it is clear. */
  readonly unclearHold?: string | undefined;
  /** When a hold was removed that still keeps it; absent once what it kept may expire. */
  readonly holdLiftedAt?: Instant | undefined;
  /**
   * Each gap of the observation that affects this table, as a sentence: tags, recovery points, its
   * details, memory.
   */
  readonly gaps: readonly string[];
  /** Every recovery point of this deployment, table and policy, in any order: of any incarnation and status. */
  readonly points: readonly SeriesPoint[];
  /** The newest slot of the schedule that is not in the future. */
  readonly latestSlot: Instant;
  /** Whether the last backup run deferred the recovery point of the latest slot. */
  readonly deferred?: boolean;
  /** Whether a `backups-failing` finding is open for this table and policy. */
  readonly backupsFailing: boolean;
  /** Set where a vault that has its recovery points, or the jobs of AWS Backup, could not be read or were not looked at. */
  readonly unseen?: true;
  /** Present under a policy of a vault. */
  readonly jobs?: SeriesJobs;
  /** What makes `now` suspicious, as a sentence; absent when nothing does. */
  readonly clockSuspicious?: string | undefined;
}
