import type { SimAccount } from '../account.ts';
import { parseVaultArn, vaultArn } from '../arn.ts';
import { type BackupJob, type CopyJob, hasEnded, type RestoreJob } from './jobs.ts';
import { secondsOf } from './vault-shape.ts';

const percentOf = (state: string): string => {
  if (state === 'COMPLETED') return '100.0';
  return state === 'RUNNING' ? '50.0' : '0.0';
};

const messageOf = ({ message }: Pick<BackupJob, 'message'>): object => ({
  ...(message?.text ? { StatusMessage: message.text } : {}),
  ...(message ? { MessageCategory: message.category } : {}),
});

const completionOf = ({ completedAt }: Pick<BackupJob, 'completedAt'>): object =>
  completedAt === undefined ? {} : { CompletionDate: secondsOf(completedAt) };

const nameOf = (tableArn: string): string => tableArn.split('/').at(-1) ?? '';

export const backupJobShape = (account: SimAccount, job: BackupJob): object => {
  const vault = account.state.backup.vaults.get(job.vaultName);
  const isShown = job.form === 'advanced' || job.startedAt !== undefined;
  return {
    AccountId: account.accountId,
    BackupJobId: job.id,
    BackupVaultName: job.vaultName,
    BackupVaultArn: vaultArn(account, job.vaultName),
    VaultType: 'BACKUP_VAULT',
    VaultLockState: vault?.lock ? 'LOCKED' : 'UNLOCKED',
    ...(isShown && job.pointArn ? { RecoveryPointArn: job.pointArn } : {}),
    ...(job.lifecycle ? { RecoveryPointLifecycle: job.lifecycle } : {}),
    ...(job.form === 'advanced' && vault ? { EncryptionKeyArn: vault.encryptionKeyArn } : {}),
    IsEncrypted: true,
    ResourceArn: job.resourceArn,
    ResourceName: job.tableName,
    ResourceType: 'DynamoDB',
    CreationDate: secondsOf(job.createdAt),
    InitiationDate: secondsOf(job.createdAt),
    ...completionOf(job),
    State: job.state,
    ...messageOf(job),
    PercentDone: percentOf(job.state),
    ...(job.sizeBytes === undefined ? {} : { BackupSizeInBytes: job.sizeBytes }),
    IamRoleArn: job.iamRoleArn,
    ...(job.createdBy ? { CreatedBy: job.createdBy } : {}),
    StartBy: secondsOf(job.startBy),
    IsParent: false,
  };
};

export const copyJobShape = (account: SimAccount, job: CopyJob): object => {
  const place = parseVaultArn(job.destinationVaultArn);
  const there = place && account.state.world.accounts.get(place.accountId)?.get(place.region);
  const vault = there?.state.backup.vaults.get(place?.name ?? '');
  return {
    AccountId: account.accountId,
    CopyJobId: job.id,
    SourceBackupVaultArn: job.sourceVaultArn,
    SourceRecoveryPointArn: job.sourcePointArn,
    DestinationBackupVaultArn: job.destinationVaultArn,
    DestinationVaultType: 'BACKUP_VAULT',
    DestinationVaultLockState: vault?.lock ? 'LOCKED' : 'UNLOCKED',
    ...(job.destinationPointArn === undefined
      ? {}
      : { DestinationRecoveryPointArn: job.destinationPointArn }),
    ...(vault ? { DestinationEncryptionKeyArn: vault.encryptionKeyArn } : {}),
    ...(job.lifecycle ? { DestinationRecoveryPointLifecycle: job.lifecycle } : {}),
    ResourceArn: job.resourceArn,
    ResourceName: nameOf(job.resourceArn),
    ResourceType: 'DynamoDB',
    CreationDate: secondsOf(job.createdAt),
    ...completionOf(job),
    State: job.state,
    ...messageOf(job),
    BackupSizeInBytes: job.sizeBytes,
    IamRoleArn: job.iamRoleArn,
    ...(job.createdBy ? { CreatedBy: job.createdBy } : {}),
    IsParent: false,
  };
};

export const restoreJobShape = (account: SimAccount, job: RestoreJob): object => ({
  AccountId: account.accountId,
  RestoreJobId: job.id,
  RecoveryPointArn: job.pointArn,
  SourceResourceArn: job.sourceArn,
  BackupVaultArn: vaultArn(account, job.vaultName),
  CreationDate: secondsOf(job.createdAt),
  ...completionOf(job),
  Status: job.status,
  ...(job.message?.text ? { StatusMessage: job.message.text } : {}),
  PercentDone: hasEnded(job.status) ? '100.00%' : '0.00%',
  BackupSizeInBytes: job.sizeBytes,
  IamRoleArn: job.iamRoleArn,
  ...(job.createdArn === undefined ? {} : { CreatedResourceArn: job.createdArn }),
  ResourceType: 'DynamoDB',
  RecoveryPointCreationDate: secondsOf(job.pointCreatedAt),
  IsParent: false,
});
