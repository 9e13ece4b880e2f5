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
import {
  cancelLegalHold,
  createLegalHold,
  getLegalHold,
  listLegalHolds,
  listRecoveryPointsByLegalHold,
} from './legal-hold-operations.ts';
import { listBackupJobs } from './list-backup-jobs.ts';
import { listBackupVaults } from './list-backup-vaults.ts';
import { listRecoveryPointsByBackupVault } from './list-recovery-points-by-backup-vault.ts';
import { listRecoveryPointsByResource } from './list-recovery-points-by-resource.ts';
import { createBackupPlan, deleteBackupPlan, getBackupPlan, listBackupPlans } from './plan-operations.ts';
import {
  describeProtectedResource,
  getSupportedResourceTypes,
  listProtectedResources,
} from './protected-resources.ts';
import { describeRegionSettings, updateRegionSettings } from './region-settings-operations.ts';
import {
  describeRestoreJob,
  getRecoveryPointRestoreMetadata,
  getRestoreJobMetadata,
  listRestoreJobs,
} from './restore-jobs.ts';
import { startBackupJob } from './start-backup-job.ts';
import { startCopyJob } from './start-copy-job.ts';
import { startRestoreJob } from './start-restore-job.ts';
import { stopBackupJob } from './stop-backup-job.ts';
import { listTags, tagResource, untagResource } from './tags.ts';
import { updateRecoveryPointLifecycle } from './update-recovery-point-lifecycle.ts';
import { deleteBackupVaultLockConfiguration, putBackupVaultLockConfiguration } from './vault-lock.ts';

export const BACKUP_OPERATIONS: Operations = {
  CancelLegalHold: cancelLegalHold,
  CreateBackupPlan: createBackupPlan,
  CreateBackupVault: createBackupVault,
  CreateLegalHold: createLegalHold,
  DeleteBackupPlan: deleteBackupPlan,
  DeleteBackupVault: deleteBackupVault,
  DeleteBackupVaultAccessPolicy: deleteBackupVaultAccessPolicy,
  DeleteBackupVaultLockConfiguration: deleteBackupVaultLockConfiguration,
  DeleteRecoveryPoint: deleteRecoveryPoint,
  DescribeBackupJob: describeBackupJob,
  DescribeBackupVault: describeBackupVault,
  DescribeCopyJob: describeCopyJob,
  DescribeGlobalSettings: describeGlobalSettings,
  DescribeProtectedResource: describeProtectedResource,
  DescribeRecoveryPoint: describeRecoveryPoint,
  DescribeRegionSettings: describeRegionSettings,
  DescribeRestoreJob: describeRestoreJob,
  GetBackupPlan: getBackupPlan,
  GetBackupVaultAccessPolicy: getBackupVaultAccessPolicy,
  GetLegalHold: getLegalHold,
  GetRecoveryPointRestoreMetadata: getRecoveryPointRestoreMetadata,
  GetRestoreJobMetadata: getRestoreJobMetadata,
  GetSupportedResourceTypes: getSupportedResourceTypes,
  ListBackupJobs: listBackupJobs,
  ListBackupPlans: listBackupPlans,
  ListBackupVaults: listBackupVaults,
  ListCopyJobs: listCopyJobs,
  ListLegalHolds: listLegalHolds,
  ListProtectedResources: listProtectedResources,
  ListRecoveryPointsByBackupVault: listRecoveryPointsByBackupVault,
  ListRecoveryPointsByLegalHold: listRecoveryPointsByLegalHold,
  ListRecoveryPointsByResource: listRecoveryPointsByResource,
  ListRestoreJobs: listRestoreJobs,
  ListTags: listTags,
  PutBackupVaultAccessPolicy: putBackupVaultAccessPolicy,
  PutBackupVaultLockConfiguration: putBackupVaultLockConfiguration,
  StartBackupJob: startBackupJob,
  StartCopyJob: startCopyJob,
  StartRestoreJob: startRestoreJob,
  StopBackupJob: stopBackupJob,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateGlobalSettings: updateGlobalSettings,
  UpdateRecoveryPointLifecycle: updateRecoveryPointLifecycle,
  UpdateRegionSettings: updateRegionSettings,
};
