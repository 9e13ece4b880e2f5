import type { Instant } from './instant.ts';

/** `backup:hold = true` on a table stops all expiry for it. */
export const HOLD_TAG = 'backup:hold';

/** The tag that says since which day a table is meant to hold much less than before. */
export const SMALLER_TAG = 'backup:smaller-since';

/** The tag by which people work on a table undisturbed; its value says until when. */
export const MUTE_TAG = 'backup:mute-until';

/** The point-in-time recovery of one table. The window is absent while it is off. */
export interface Pitr {
  readonly enabled: boolean;
  readonly recoveryPeriodDays?: number;
  readonly earliestRestorableAt?: Instant;
  readonly latestRestorableAt?: Instant;
}

export type TableStatus =
  | 'ACTIVE'
  | 'ARCHIVED'
  | 'ARCHIVING'
  | 'CREATING'
  | 'DELETING'
  | 'INACCESSIBLE_ENCRYPTION_CREDENTIALS'
  | 'REPLICATION_NOT_AUTHORIZED'
  | 'UPDATING';

const WITHOUT_KEY: readonly TableStatus[] = ['ARCHIVED', 'ARCHIVING', 'INACCESSIBLE_ENCRYPTION_CREDENTIALS'];

/** Whether DynamoDB says by a table's status that it could not use the table's key. */
export const lacksKey = (status: TableStatus): boolean => WITHOUT_KEY.includes(status);

/** What DescribeTable says of a table that exists. */
export interface TableDetails {
  readonly tableId: string;
  readonly status: TableStatus;
  readonly createdAt: Instant;
  readonly sizeBytes: number;
  /** The backup into which DynamoDB archived it; absent where it did not, or does not say. */
  readonly archivalBackupArn?: string;
  /** The key of KMS that it is encrypted with; absent where that is one that AWS owns. */
  readonly keyArn?: string;
  /** The other Regions of its global table, sorted; absent where it is in none. */
  readonly replicas?: readonly string[];
  /** Set where it was restored: such a table begins without tags. */
  readonly restored?: true;
}

/** Tags by key. */
export type TableTags = Readonly<Record<string, string>>;

/** A table that carries the policy tag, as one run saw it. */
export interface TaggedTable {
  readonly name: string;
  readonly tags: TableTags;
  /** Present once DescribeTable confirmed it; nothing is done to a table without. */
  readonly details?: TableDetails;
  /** Present once DescribeContinuousBackups was read. */
  readonly pitr?: Pitr;
}
