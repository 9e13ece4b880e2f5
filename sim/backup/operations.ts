import type { Operations } from '../operation.ts';
import {
  deleteBackupVaultAccessPolicy,
  getBackupVaultAccessPolicy,
  putBackupVaultAccessPolicy,
} from './access-policy.ts';
import { describeCopyJob, listCopyJobs } from './copy-jobs.ts';
import { createBackupVault } from './create-backup-vault.ts';
import { deleteBackupVault } from './delete-backup-vault.ts';
import { deleteRecoveryPoint } from './delete-recovery-point.ts';
import { describeBackupJob } from './describe-backup-job.ts';
import { describeBackupVault } from './describe-backup-vault.ts';
import { describeRecoveryPoint } from './describe-recovery-point.ts';
import { describeGlobalSettings, updateGlobalSettings } from './global-settings.ts';
import { listBackupJobs } from './list-backup-jobs.ts';
import { listBackupVaults } from './list-backup-vaults.ts';
import { listRecoveryPointsByBackupVault } from './list-recovery-points-by-backup-vault.ts';
import { listRecoveryPointsByResource } from './list-recovery-points-by-resource.ts';
import { describeRegionSettings, updateRegionSettings } from './region-settings-operations.ts';
import { startBackupJob } from './start-backup-job.ts';
import { startCopyJob } from './start-copy-job.ts';
import { stopBackupJob } from './stop-backup-job.ts';
import { listTags, tagResource, untagResource } from './tags.ts';
import { updateRecoveryPointLifecycle } from './update-recovery-point-lifecycle.ts';
import { deleteBackupVaultLockConfiguration, putBackupVaultLockConfiguration } from './vault-lock.ts';

export const BACKUP_OPERATIONS: Operations = {
  CreateBackupVault: createBackupVault,
  DeleteBackupVault: deleteBackupVault,
  DeleteBackupVaultAccessPolicy: deleteBackupVaultAccessPolicy,
  DeleteBackupVaultLockConfiguration: deleteBackupVaultLockConfiguration,
  DeleteRecoveryPoint: deleteRecoveryPoint,
  DescribeBackupJob: describeBackupJob,
  DescribeBackupVault: describeBackupVault,
  DescribeCopyJob: describeCopyJob,
  DescribeGlobalSettings: describeGlobalSettings,
  DescribeRecoveryPoint: describeRecoveryPoint,
  DescribeRegionSettings: describeRegionSettings,
  GetBackupVaultAccessPolicy: getBackupVaultAccessPolicy,
  ListBackupJobs: listBackupJobs,
  ListCopyJobs: listCopyJobs,
  ListBackupVaults: listBackupVaults,
  ListRecoveryPointsByBackupVault: listRecoveryPointsByBackupVault,
  ListRecoveryPointsByResource: listRecoveryPointsByResource,
  ListTags: listTags,
  PutBackupVaultAccessPolicy: putBackupVaultAccessPolicy,
  PutBackupVaultLockConfiguration: putBackupVaultLockConfiguration,
  StartBackupJob: startBackupJob,
  StartCopyJob: startCopyJob,
  StopBackupJob: stopBackupJob,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateGlobalSettings: updateGlobalSettings,
  UpdateRecoveryPointLifecycle: updateRecoveryPointLifecycle,
  UpdateRegionSettings: updateRegionSettings,
};
