import type { Instant } from './instant.ts';

/**
 * How a job of AWS Backup stands. `waiting`: not begun · `expired`: its time was over before it had begun or ended · `partial`: it left something
 * out · `unknown`: in a state that this version does not know, neither good nor failed.
 */
export type JobState =
  | 'waiting'
  | 'running'
  | 'completed'
  | 'failed'
  | 'expired'
  | 'aborted'
  | 'partial'
  | 'unknown';

/**
 * Why a job ended as it did, read out of AWS's words where the job is listed. `permission`: a role may not do it · `role`: AWS Backup cannot take the
 * role on · `key`: a key cannot be used · `collision`: another job had the table · `never-started`, `cut-off`: its window was over · `limit`: too many
 * at once · `tags`: too many or unreadable tags · `retention`: outside of what the vault's lock allows · `table-missing`, `vault-missing`,
 * `source-missing`: it is not there · `organization`: the accounts may not copy to each other · `destination`: the destination vault does not let it
 * in · `unsupported`: AWS Backup cannot do this with such a recovery point · `stopped`: a person stopped it · `internal`: AWS's own failure ·
 * `unclassified`: in words that this version does not know.
 */
export type JobCause =
  | 'permission'
  | 'role'
  | 'key'
  | 'aws-key'
  | 'collision'
  | 'never-started'
  | 'cut-off'
  | 'limit'
  | 'tags'
  | 'retention'
  | 'table-missing'
  | 'vault-missing'
  | 'source-missing'
  | 'organization'
  | 'destination'
  | 'unsupported'
  | 'stopped'
  | 'internal'
  | 'unclassified';

interface AnyJob {
  readonly id: string;
  readonly table: string;
  readonly state: JobState;
  readonly createdAt: Instant;
  /** Absent while it goes on. */
  readonly endedAt?: Instant;
  /** Present where it failed, or completed with an issue. */
  readonly cause?: JobCause;
  /** AWS's own words, with the cause. */
  readonly message?: string;
  /** Whether this deployment started it. */
  readonly isOwn: boolean;
  /** The backup plan that started it, by ARN; absent where no plan did. */
  readonly plan?: string;
}

/** A job that makes a recovery point of a table. */
export interface BackupJob extends AnyJob {
  readonly kind: 'backup';
  /** The ARN of the vault. */
  readonly vault: string;
  /** Absent until the service names it. */
  readonly recoveryPointId?: string;
}

/** A job that copies a recovery point to another vault. */
export interface CopyJob extends AnyJob {
  readonly kind: 'copy';
  readonly sourceId: string;
  /** The ARN of the vault that is copied to. */
  readonly destination: string;
  /** Absent until the service names it. */
  readonly copyId?: string;
  /** For how many days the copy is kept, from when its source was made; absent where it has no end, or the service does not say. */
  readonly deleteAfterDays?: number;
}

/** Work of AWS Backup that outlives a run: started by one, observed by later ones, forgotten by AWS after 30 days. */
export type Job = BackupJob | CopyJob;

const GOING_ON: readonly JobState[] = ['waiting', 'running', 'unknown'];

/** Whether a job in that state may still come to something. */
export const isGoingOn = (state: JobState): boolean => GOING_ON.includes(state);
