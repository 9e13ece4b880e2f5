import type { Instant } from './instant.ts';

/** What DynamoDB makes by itself of a table that is deleted with point-in-time recovery on; nobody pays for it and nobody can delete it. */
export interface SystemBackup {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly tableName: string;
  readonly tableId: string;
  readonly createdAt: Instant;
  /** When the service deletes it. */
  readonly expiresAt: Instant;
}
