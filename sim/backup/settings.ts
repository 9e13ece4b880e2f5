const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

type Span = readonly [min: number, max: number];

/** How AWS Backup behaves. Times are virtual milliseconds. */
export interface BackupSettings {
  /** How long a job waits in CREATED although nothing is in its way. AWS says at once, and within an hour. */
  readonly backupJobStartMs: Span;
  /** How long a backup of that size runs. */
  readonly backupJobMs: (sizeBytes: number) => number;
  readonly copyJobStartMs: Span;
  readonly copyJobMs: (sizeBytes: number) => number;
  readonly restoreJobStartMs: Span;
  /** What a restore from cold storage takes longer. */
  readonly coldRestoreMs: number;
  /** What a restored table is encrypted with where the restore does not say: two pages disagree. */
  readonly restoredKey: 'owned' | 'source';
  /** What a table that AWS Backup restored says that it comes from: no page says it. */
  readonly restoredFromSays: 'point' | 'table';
  /** How long a point is DELETING. */
  readonly pointDeletionMs: Span;
  /** Whether the role of AWS Backup deletes what expires where the role that made it is gone: mostly, AWS says. */
  readonly linkedRoleExpires: boolean;
  /** How long a legal hold is CREATING or CANCELING. */
  readonly legalHoldMs: number;
  /** Whether a point that is ready says AVAILABLE, as documented, or COMPLETED, as seen. */
  readonly readyStatus: 'AVAILABLE' | 'COMPLETED';
  /** Whether a point is as old as its job, or as the start of the backup. */
  readonly pointDate: 'asked' | 'started';
  /** How an idempotency token of a job that has ended is answered: quietly with that job, as documented, or refused, as reported once. */
  readonly finishedTokens: 'quiet' | 'refused';
  /** Whether equal restores without a token are taken as one, as reported once. */
  readonly equalRestoresAreOne: boolean;
  /** How a vault that is not there is answered: as reported, or as declared. */
  readonly missingVault: 'access-denied' | 'not-found';
  /** Whether a job for a vault that is not there is refused, or accepted and fails. */
  readonly missingVaultJob: 'fails' | 'refused';
  /** How a delete under a vault lock is answered. */
  readonly lockedDeletion: 'AccessDeniedException' | 'InvalidRequestException';
  /** Whether a lock bars deletion always, or until the vault's shortest retention has passed. */
  readonly lockBars: 'always' | 'until-min';
  /** How a delete under a legal hold is answered: the message is known, the code is not. */
  readonly heldDeletion:
    | 'AccessDeniedException'
    | 'InvalidRequestException'
    | 'InvalidResourceStateException';
  /** How tags of a plain point are answered. It has changed over time. */
  readonly plainTags:
    | 'AccessDeniedException'
    | 'InvalidParameterValueException'
    | 'ResourceNotFoundException';
  /** Whether a copy of what cannot be copied is refused, or accepted and fails. */
  readonly impossibleCopy: 'fails' | 'refused';
  /** How many copies run at once into one Region: two pages disagree. */
  readonly copiesAtOnce: number;
  /** How many copies of one resource may be open; one more fails. */
  readonly copiesOfResource: number;
  /** Whether a vault with the key `aws/backup` takes copies from other accounts. */
  readonly defaultKeyTakesCopies: boolean;
  /** Whether a copy's retention is held against a lock from the creation of its source, or from its arrival. */
  readonly lockCountsFrom: 'arrival' | 'creation';
  /** Whether a job on demand opts the Region in to all that tables need. */
  readonly jobsOptIn: boolean;
  /** Whether DynamoDB's ListBackups shows plain points where it is asked for them. */
  readonly listBackupsShowsAwsBackup: boolean;
}

export const DEFAULT_BACKUP_SETTINGS: BackupSettings = {
  backupJobStartMs: [2 * SECOND_MS, 15 * SECOND_MS],
  backupJobMs: (sizeBytes) => 20 * SECOND_MS + sizeBytes / 50_000,
  copyJobStartMs: [2 * SECOND_MS, 15 * SECOND_MS],
  copyJobMs: (sizeBytes) => 30 * SECOND_MS + sizeBytes / 25_000,
  restoreJobStartMs: [2 * SECOND_MS, 15 * SECOND_MS],
  coldRestoreMs: 4 * HOUR_MS,
  restoredKey: 'source',
  restoredFromSays: 'point',
  pointDeletionMs: [5 * SECOND_MS, MINUTE_MS],
  linkedRoleExpires: true,
  legalHoldMs: MINUTE_MS,
  readyStatus: 'AVAILABLE',
  pointDate: 'started',
  finishedTokens: 'quiet',
  equalRestoresAreOne: false,
  missingVault: 'access-denied',
  missingVaultJob: 'refused',
  lockedDeletion: 'AccessDeniedException',
  lockBars: 'always',
  heldDeletion: 'InvalidRequestException',
  plainTags: 'InvalidParameterValueException',
  impossibleCopy: 'fails',
  copiesAtOnce: 100,
  copiesOfResource: 30,
  defaultKeyTakesCopies: true,
  lockCountsFrom: 'creation',
  jobsOptIn: false,
  listBackupsShowsAwsBackup: false,
};
