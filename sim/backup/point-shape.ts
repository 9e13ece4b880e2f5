import type { SimAccount } from '../account.ts';
import { vaultArn } from '../arn.ts';
import { lifecycleInstants } from './lifecycle.ts';
import type { RecoveryPoint } from './points.ts';
import { secondsOf } from './vault-shape.ts';

export const pointStatus = ({ state }: SimAccount, { shownStatus, status }: RecoveryPoint): string =>
  shownStatus ?? (status === 'ready' ? state.settings.readyStatus : status);

export const calculatedShape = ({ createdAt, lifecycle = {} }: RecoveryPoint): object => {
  const { coldAt, deleteAt } = lifecycleInstants(lifecycle, createdAt);
  return {
    ...(coldAt === undefined ? {} : { MoveToColdStorageAt: secondsOf(coldAt) }),
    ...(deleteAt === undefined ? {} : { DeleteAt: secondsOf(deleteAt) }),
  };
};

const keyShape = ({ encryptionKeyArn }: RecoveryPoint): object =>
  encryptionKeyArn === undefined ? {} : { EncryptionKeyArn: encryptionKeyArn };

const messageShape = ({ statusMessage }: RecoveryPoint): object =>
  statusMessage === undefined ? {} : { StatusMessage: statusMessage };

export const pointShape = (account: SimAccount, point: RecoveryPoint): object => ({
  RecoveryPointArn: point.arn,
  BackupVaultName: point.vaultName,
  BackupVaultArn: vaultArn(account, point.vaultName),
  ...(point.sourceVaultArn === undefined ? {} : { SourceBackupVaultArn: point.sourceVaultArn }),
  ResourceArn: point.source.tableArn,
  ResourceName: point.source.tableName,
  ResourceType: 'DynamoDB',
  ...(point.createdBy ? { CreatedBy: point.createdBy } : {}),
  IamRoleArn: point.iamRoleArn,
  Status: pointStatus(account, point),
  ...messageShape(point),
  CreationDate: secondsOf(point.createdAt),
  InitiationDate: secondsOf(point.initiatedAt),
  ...(point.completedAt === undefined ? {} : { CompletionDate: secondsOf(point.completedAt) }),
  BackupSizeInBytes: point.source.sizeBytes,
  CalculatedLifecycle: calculatedShape(point),
  ...(point.lifecycle ? { Lifecycle: point.lifecycle } : {}),
  ...keyShape(point),
  IsEncrypted: true,
  ...(point.lastRestoredAt === undefined ? {} : { LastRestoreTime: secondsOf(point.lastRestoredAt) }),
  IsParent: false,
  VaultType: 'BACKUP_VAULT',
});

/** The vault is named for other types of resources only. */
export const pointOfResourceShape = (account: SimAccount, point: RecoveryPoint): object => ({
  RecoveryPointArn: point.arn,
  CreationDate: secondsOf(point.createdAt),
  Status: pointStatus(account, point),
  ...messageShape(point),
  ...keyShape(point),
  BackupSizeBytes: point.source.sizeBytes,
  IsParent: false,
  ResourceName: point.source.tableName,
  VaultType: 'BACKUP_VAULT',
});
