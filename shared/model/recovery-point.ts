import type { Instant } from './instant.ts';

export type RecoveryPointStatus = 'creating' | 'available' | 'deleted';

/** A restorable copy of a table, as an engine lists it. Whose it is, its name says (`parseRecoveryPointName`). */
export interface RecoveryPoint {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly tableName: string;
  /** Identifies the incarnation of a table: a table recreated under its old name has a new one. */
  readonly tableId: string;
  readonly createdAt: Instant;
  readonly status: RecoveryPointStatus;
  readonly sizeBytes: number;
}
