import type { Instant } from './instant.ts';
import type { JobCause, JobState } from './job.ts';

/** One attempt to copy a recovery point to a vault, the newest there was. */
export interface KnownCopy {
  /** The ARN of the vault that is copied to. */
  readonly vault: string;
  /** How many were begun so far. */
  readonly attempt: number;
  readonly jobId?: string;
  /** The copy's ARN; absent until the service names it. */
  readonly id?: string;
  readonly state: JobState;
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  readonly cause?: JobCause;
  readonly message?: string;
  /** When AWS Backup deletes the copy; absent where it does not. */
  readonly deletesAt?: Instant;
  /** Set once its days were over: it is there no more, and noted so that it is not made again. */
  readonly isEnded?: true;
  /** When the days of an earlier copy are over that was there; absent where there was none. */
  readonly hadUntil?: Instant;
}

/** A recovery point of this deployment in a vault, as it was first proved. */
export interface KnownPoint {
  /** The ARN. */
  readonly id: string;
  /** The ARN of its vault. */
  readonly vault: string;
  readonly policy: string;
  readonly slot: Instant;
  readonly tableId: string;
  readonly createdAt: Instant;
  /** When AWS Backup deletes it; absent where it does not, or nothing says so. */
  readonly deletesAt?: Instant;
  /** When AWS Backup last refused to delete it, because a lock or a hold keeps it; absent where it did not. */
  readonly heldAt?: Instant;
  /** When a whole list of its vault first did not show it, and only copies are left; absent while it is there or that is not known. */
  readonly goneAt?: Instant;
  /** Absent where it was copied nowhere. */
  readonly copies?: readonly KnownCopy[];
}

/** One attempt to make the recovery point of a slot. */
export interface KnownAttempt {
  readonly jobId: string;
  readonly policy: string;
  readonly slot: Instant;
  readonly tableId: string;
  /** Counted from 1. */
  readonly attempt: number;
  readonly startedAt: Instant;
}

/** A copy that was in a vault and is not any more, long before AWS Backup would have deleted it. */
export interface LostCopy {
  /** The ARN of the vault that it was in. */
  readonly vault: string;
  readonly policy: string;
  /** The ARN of what it was a copy of. */
  readonly source: string;
  /** When its source was made. */
  readonly createdAt: Instant;
  /** When it was first missing. */
  readonly goneAt: Instant;
}

/** What is remembered of one table's jobs, recovery points and copies in vaults: AWS forgets jobs after 30 days, and some points carry no mark. */
export interface VaultRecord {
  readonly recordedTable: string;
  readonly version: 1;
  /** Sorted by id. */
  readonly points: readonly KnownPoint[];
  /** Recovery points in the vaults that were looked at and that nothing proves to be this deployment's, sorted. */
  readonly strangers?: readonly string[];
  /** Oldest first; of those whose outcome is not in a point yet. */
  readonly attempts?: readonly KnownAttempt[];
  /** Copies that somebody deleted, for as long as that is reported; absent without any. */
  readonly lostCopies?: readonly LostCopy[];
}
