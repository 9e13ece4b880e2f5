import type { SimAccount } from '../account.ts';
import type { Vault } from './vaults.ts';

/** An instant as AWS Backup writes it: seconds, with milliseconds behind the point. */
export const secondsOf = (instant: number): number => instant / 1000;

const lockShape = ({ lock }: Vault): object => ({
  Locked: lock !== undefined,
  ...(lock?.minDays === undefined ? {} : { MinRetentionDays: lock.minDays }),
  ...(lock?.maxDays === undefined ? {} : { MaxRetentionDays: lock.maxDays }),
  ...(lock?.lockAt === undefined ? {} : { LockDate: secondsOf(lock.lockAt) }),
});

export const vaultShape = ({ state }: SimAccount, vault: Vault): object => ({
  BackupVaultName: vault.name,
  BackupVaultArn: vault.arn,
  VaultType: 'BACKUP_VAULT',
  VaultState: 'AVAILABLE',
  CreationDate: secondsOf(vault.createdAt),
  EncryptionKeyArn: vault.encryptionKeyArn,
  ...(vault.hasDefaultKey ? {} : { EncryptionKeyType: 'CUSTOMER_MANAGED_KMS_KEY' }),
  ...(vault.creatorRequestId === undefined ? {} : { CreatorRequestId: vault.creatorRequestId }),
  NumberOfRecoveryPoints: state.backup.points.count(vault.name),
  ...lockShape(vault),
});
