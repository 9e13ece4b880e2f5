import type { Instant } from './instant.ts';

/** A backup that DynamoDB makes itself of a table that is deleted with point-in-time recovery on; it is free and cannot be deleted. */
export interface SystemBackup {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly tableName: string;
  readonly tableId: string;
  readonly createdAt: Instant;
  /** When the service deletes it. */
  readonly expiresAt: Instant;
  /** Absent where the service does not say. */
  readonly sizeBytes?: number;
}
