import type { BackupOptIn } from './backup-opt-in.ts';
import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';
import type { Vault } from './vault-arn.ts';

/** One thing that was asked for: seen, not there, or not known. */
export type Known<Value> =
  | { readonly kind: 'found'; readonly value: Value }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly failure: Failure };

/** What the lock of a vault allows, in days; absent where it sets no limit. */
export interface LockRange {
  readonly minDays?: number;
  readonly maxDays?: number;
}

/** The lock of a vault. */
export interface SeenLock extends LockRange {
  /** From when on nobody can take it back: it is in compliance mode. Absent in governance mode. */
  readonly finalAt?: Instant;
}

/** What a deployment says of the vault that it made. */
export interface MadeVault {
  readonly instance: string;
  readonly name: string;
  /** Absent where it was asked for none. */
  readonly lock?: LockRange & { readonly mode: 'governance' | 'compliance' };
  /** The accounts that copy back into it. */
  readonly accounts: readonly string[];
}

/** A backup vault as a list of vaults shows it. */
export interface SeenVault {
  /** The key that its recovery points are encrypted with; absent where the list does not say. */
  readonly keyArn?: string;
  /** Absent where it has no lock. */
  readonly lock?: SeenLock;
}

/** A key: `usable` now, `disabled`, waiting for its deletion, or in another state in which nothing can be decrypted. */
export interface SeenKey {
  readonly state: 'usable' | 'disabled' | 'pending-deletion' | 'unusable';
  /** AWS's own word for the state. */
  readonly word: string;
  /** When it is deleted; absent where it is not. */
  readonly deletesAt?: Instant;
}

/** The role of jobs, as far as AWS Backup has to take it on. */
export interface SeenRole {
  readonly trustsBackup: boolean;
}

/** Whether recovery points may be copied from one account of the organization to another. */
export interface CrossAccount {
  readonly isMember: boolean;
  readonly isOn: boolean;
}

/**
 * The role under which AWS Backup itself deletes recovery points, and copies into an account.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles-AWSServiceRoleForBackup.html (not verified)
 */
export const LINKED_ROLE = 'AWSServiceRoleForBackup';

/** What to ask about policies of vaults. */
export interface VaultQuestion {
  /** Those of the target's account. */
  readonly vaults: readonly Vault[];
  /** Whether anything is copied into other accounts. */
  readonly asksOrganization: boolean;
  /** The vaults, by ARN, into which the role of jobs has to be allowed to copy. Asked of a person only, because no function may simulate policies. */
  readonly simulates?: readonly string[];
  /** What the deployment made, where whoever asks knows it otherwise. */
  readonly made?: MadeVault | 'none';
  /** The role of jobs, by ARN, where it is not the one that the deployment is expected to have. */
  readonly jobRole?: string;
  /** The role that restores are given, by ARN. Asked of a person only. */
  readonly restoreRole?: string;
}

/** The role that jobs of AWS Backup are given which restore. */
export interface RestoreRoleFacts {
  readonly arn: string;
  readonly seen: Known<SeenRole>;
  /** What it may not do, as IAM names it. */
  readonly lacking: Known<readonly string[]>;
  /** Whether whoever asks may pass it to AWS Backup; absent where that was not asked. */
  readonly isPassable?: Known<boolean>;
}

/** What AWS Backup, KMS and IAM say of what policies of vaults need. Every list is in the order in which it was asked for. */
export interface VaultFacts {
  /** By ARN. */
  readonly vaults: readonly { readonly arn: string; readonly seen: Known<SeenVault> }[];
  /** By ARN: those of the vaults that were found. */
  readonly keys: readonly { readonly arn: string; readonly seen: Known<SeenKey> }[];
  /** The access policies of the vaults that were found, as documents; missing where a vault has none. */
  readonly policies: readonly { readonly arn: string; readonly seen: Known<string> }[];
  readonly jobRole: { readonly arn: string; readonly seen: Known<SeenRole> };
  /** What the deployment made: missing where it made none, absent where that is not known. */
  readonly made?: MadeVault | 'none';
  readonly optIn: Known<BackupOptIn>;
  /** Absent where it was not asked for. */
  readonly crossAccount?: Known<CrossAccount>;
  /** What the role of jobs may not do, as IAM names it; absent where it was not asked for. */
  readonly lacking?: Known<readonly string[]>;
  /** Absent where it was not asked for. */
  readonly restoreRole?: RestoreRoleFacts;
  /** The role of AWS Backup itself in the account; absent where it was not asked for. */
  readonly linkedRole?: Known<SeenRole>;
  /** The policies of the keys, as documents, by the ARN of the key; absent where they were not asked for. */
  readonly keyPolicies?: readonly { readonly arn: string; readonly seen: Known<string> }[];
}
