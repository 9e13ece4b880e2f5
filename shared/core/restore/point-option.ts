import { type Instant, SECOND_MS } from '../../model/instant.ts';
import type { PointLock } from '../../model/key-facts.ts';
import type { RecoveryPointStatus } from '../../model/recovery-point.ts';
import type { RestoreSource, VaultPlace } from '../../model/restore.ts';

/** A backup that can be restored, or could be once it is made. */
export interface PointOption {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly tableId: string;
  readonly createdAt: Instant;
  readonly status: RecoveryPointStatus;
  readonly madeBy: Extract<RestoreSource, { kind: 'recovery-point' }>['madeBy'];
  /** Absent where the service does not say. */
  readonly sizeBytes?: number;
  /** When the service deletes it; only of SYSTEM backups. */
  readonly expiresAt?: Instant;
  /** The backup vault that it is in; absent for DynamoDB's own. */
  readonly vault?: VaultPlace;
  /** When AWS Backup deletes it. */
  readonly deletesAt?: Instant;
  /** The key that keeps it from being restored, or may; absent where none is known to. */
  readonly lock?: PointLock;
  /** Why it cannot be restored from here: its vault is another account's, or in another Region than the table is to be made in. */
  readonly beyond?: 'account' | 'region';
  /** The backup vault of this account that it was copied from, by ARN, and can be copied back to; only of one in another account. */
  readonly backTo?: string;
}

/** Cuts an instant to its whole second. A backup counts for the second that it is shown with. */
export const secondOf = (at: Instant): Instant => Math.floor(at / SECOND_MS) * SECOND_MS;

/** What AWS Backup could not delete is still whole. */
const isWhole = ({ status, vault }: PointOption): boolean =>
  status === 'available' || (vault !== undefined && status === 'expired');

/** Whether a backup can be restored from here now. */
export const isRestorable = (point: PointOption, now: Instant): boolean =>
  isWhole(point) && point.beyond === undefined && (point.expiresAt === undefined || point.expiresAt > now);
