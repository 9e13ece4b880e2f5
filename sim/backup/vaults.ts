import type { Tags } from '../dynamodb/table.ts';

/** What a vault lock enforces. It cannot be changed or removed any more from `lockAt` on; without it, it can at any time. */
export interface VaultLock {
  readonly minDays?: number;
  readonly maxDays?: number;
  readonly lockAt?: number;
}

/** One vault of recovery points. Instants are epoch milliseconds. */
export interface Vault {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly creatorRequestId?: string;
  readonly encryptionKeyArn: string;
  /** Encrypted with the key `aws/backup`, because no other was given. */
  readonly hasDefaultKey: boolean;
  tags: Tags;
  /** The access policy as it was given. */
  policy: string | undefined;
  lock: VaultLock | undefined;
}

/** The vaults of an account in a Region, by name. */
export type Vaults = Map<string, Vault>;

/** Whether the lock cannot be changed or removed any more, by anybody. */
export const isImmutable = ({ lock }: Vault, now: number): boolean =>
  lock?.lockAt !== undefined && now >= lock.lockAt;
