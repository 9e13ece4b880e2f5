import type { Instant } from './instant.ts';
import type { Target } from './target.ts';

/** What makes and deletes recovery points: `dynamodb` makes on-demand backups, `aws-backup` runs jobs of backup vaults. */
export type EngineName = 'dynamodb' | 'aws-backup';

/**
 * `deleting`: the service is at it · `expired`: the service tried to delete it and could not; it is still paid for, and may be restored · `unusable`:
 * the service says that it is not whole · `unknown`: in a status that this version does not know, neither good nor failed.
 */
export type RecoveryPointStatus =
  | 'creating'
  | 'available'
  | 'deleted'
  | 'deleting'
  | 'expired'
  | 'unusable'
  | 'unknown';

/** Where a recovery point is stored. */
export interface RecoveryPointLocation {
  readonly target: Target;
  /** The backup vault's name; absent for DynamoDB's own backups. */
  readonly vault?: string;
}

/** Which deployment made a recovery point, for which policy, and for which slot. */
export interface RecoveryPointOrigin {
  readonly instance: string;
  readonly policy: string;
  readonly slot: Instant;
}

/**
 * What forbids deleting a recovery point, whoever asks: the lock of its vault, until it ends by itself, a legal
 * hold, until a person lifts it, or a refusal of AWS Backup that named one of them, until it is asked again.
 */
export type RecoveryPointHold =
  | { readonly kind: 'vault-lock'; readonly until?: Instant }
  | { readonly kind: 'legal-hold'; readonly title: string }
  | { readonly kind: 'refusal'; readonly until: Instant };

/** A restorable copy of a table, as an engine lists it. */
export interface RecoveryPoint {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly engine: EngineName;
  readonly location: RecoveryPointLocation;
  /** Where its table is or was; absent where that is the account and Region that are looked at. */
  readonly home?: Target;
  /**
   * SAFETY: what the point says of who made it, read by its engine where it lists the point, and only from marks that a deployment writes exactly so.
   * Absent for everybody else's. It is a claim and no proof of the slot: anyone may choose a name.
   */
  readonly origin?: RecoveryPointOrigin;
  /** Absent where nothing but rules stands against deleting it. */
  readonly heldBy?: readonly RecoveryPointHold[];
  /** The id of the recovery point that it was copied from; absent for one that was made of the table. */
  readonly copyOf?: string;
  /** The job that makes it, where the service does not list the point itself yet. */
  readonly job?: string;
  /** Set where it is in cold storage: it cannot be copied, and a restore takes hours longer. */
  readonly isCold?: true;
  /** When it moved there; absent where it is not, or the service does not say. */
  readonly coldSince?: Instant;
  /** When the service deletes it by itself; absent where it does not. */
  readonly deletesAt?: Instant;
  /** The key that it is encrypted with, that of its vault; only of what AWS Backup keeps itself. Absent where the service does not say. */
  readonly keyArn?: string;
  /** Set where the role of this deployment made it and nothing says for which policy and slot. */
  readonly unproven?: true;
  readonly tableName: string;
  /** Identifies the incarnation of a table: a table recreated under its old name has a new one. */
  readonly tableId: string;
  readonly createdAt: Instant;
  readonly status: RecoveryPointStatus;
  /** Absent where nothing that can be listed says it, as of a copy in another account whose source is gone. */
  readonly sizeBytes?: number;
}

/** Whether a recovery point stands in for another, because it was copied from it, or is stored in another account or Region than the given one. */
export const isCopy = (
  { copyOf, location: { target } }: Pick<RecoveryPoint, 'copyOf' | 'location'>,
  home: Target,
): boolean => copyOf !== undefined || target.region !== home.region || target.accountId !== home.accountId;
