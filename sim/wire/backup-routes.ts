// The paths of AWS Backup. The members that they hold come with their names of the API.

const VAULTS = '/backup-vaults';
const VAULT = '/backup-vaults/(?<BackupVaultName>[^/]+)';
const POINT = `${VAULT}/recovery-points/(?<RecoveryPointArn>[^/]+)`;
const RESOURCE = '(?<ResourceArn>[^/]+)';

/** Method, path and operation. */
export const BACKUP_PATHS: readonly (readonly [method: string, path: string, operation: string])[] = [
  ['GET', '/account-settings', 'DescribeRegionSettings'],
  ['PUT', '/account-settings', 'UpdateRegionSettings'],
  ['GET', '/global-settings', 'DescribeGlobalSettings'],
  ['PUT', '/global-settings', 'UpdateGlobalSettings'],
  ['GET', VAULTS, 'ListBackupVaults'],
  ['PUT', VAULT, 'CreateBackupVault'],
  ['GET', VAULT, 'DescribeBackupVault'],
  ['DELETE', VAULT, 'DeleteBackupVault'],
  ['PUT', `${VAULT}/access-policy`, 'PutBackupVaultAccessPolicy'],
  ['GET', `${VAULT}/access-policy`, 'GetBackupVaultAccessPolicy'],
  ['DELETE', `${VAULT}/access-policy`, 'DeleteBackupVaultAccessPolicy'],
  ['PUT', `${VAULT}/vault-lock`, 'PutBackupVaultLockConfiguration'],
  ['DELETE', `${VAULT}/vault-lock`, 'DeleteBackupVaultLockConfiguration'],
  ['GET', `${VAULT}/recovery-points`, 'ListRecoveryPointsByBackupVault'],
  ['GET', POINT, 'DescribeRecoveryPoint'],
  ['POST', POINT, 'UpdateRecoveryPointLifecycle'],
  ['DELETE', POINT, 'DeleteRecoveryPoint'],
  ['GET', `${POINT}/restore-metadata`, 'GetRecoveryPointRestoreMetadata'],
  ['PUT', '/backup/plans', 'CreateBackupPlan'],
  ['GET', '/backup/plans', 'ListBackupPlans'],
  ['GET', '/backup/plans/(?<BackupPlanId>[^/]+)', 'GetBackupPlan'],
  ['DELETE', '/backup/plans/(?<BackupPlanId>[^/]+)', 'DeleteBackupPlan'],
  ['PUT', '/backup-jobs', 'StartBackupJob'],
  ['GET', '/backup-jobs', 'ListBackupJobs'],
  ['GET', '/backup-jobs/(?<BackupJobId>[^/]+)', 'DescribeBackupJob'],
  ['POST', '/backup-jobs/(?<BackupJobId>[^/]+)', 'StopBackupJob'],
  ['PUT', '/copy-jobs', 'StartCopyJob'],
  ['GET', '/copy-jobs', 'ListCopyJobs'],
  ['GET', '/copy-jobs/(?<CopyJobId>[^/]+)', 'DescribeCopyJob'],
  ['PUT', '/restore-jobs', 'StartRestoreJob'],
  ['GET', '/restore-jobs', 'ListRestoreJobs'],
  ['GET', '/restore-jobs/(?<RestoreJobId>[^/]+)', 'DescribeRestoreJob'],
  ['GET', '/restore-jobs/(?<RestoreJobId>[^/]+)/metadata', 'GetRestoreJobMetadata'],
  ['GET', '/resources', 'ListProtectedResources'],
  ['GET', `/resources/${RESOURCE}`, 'DescribeProtectedResource'],
  ['GET', `/resources/${RESOURCE}/recovery-points`, 'ListRecoveryPointsByResource'],
  ['GET', `/tags/${RESOURCE}`, 'ListTags'],
  ['POST', `/tags/${RESOURCE}`, 'TagResource'],
  ['POST', `/untag/${RESOURCE}`, 'UntagResource'],
  ['POST', '/legal-holds', 'CreateLegalHold'],
  ['GET', '/legal-holds', 'ListLegalHolds'],
  ['GET', '/legal-holds/(?<LegalHoldId>[^/]+)', 'GetLegalHold'],
  ['DELETE', '/legal-holds/(?<LegalHoldId>[^/]+)', 'CancelLegalHold'],
  ['GET', '/legal-holds/(?<LegalHoldId>[^/]+)/recovery-points', 'ListRecoveryPointsByLegalHold'],
  ['GET', '/supported-resource-types', 'GetSupportedResourceTypes'],
];

/** What the query calls a member of the API. */
const MEMBERS: Readonly<Record<string, string>> = {
  accountId: 'ByAccountId',
  backupPlanId: 'ByBackupPlanId',
  backupVaultAccountId: 'BackupVaultAccountId',
  backupVaultName: 'ByBackupVaultName',
  cancelDescription: 'CancelDescription',
  completeAfter: 'ByCompleteAfter',
  completeBefore: 'ByCompleteBefore',
  createdAfter: 'ByCreatedAfter',
  createdBefore: 'ByCreatedBefore',
  destinationVaultArn: 'ByDestinationVaultArn',
  includeDeleted: 'IncludeDeleted',
  managedByAWSBackupOnly: 'ManagedByAWSBackupOnly',
  maxResults: 'MaxResults',
  messageCategory: 'ByMessageCategory',
  nextToken: 'NextToken',
  parentJobId: 'ByParentJobId',
  parentRecoveryPointArn: 'ByParentRecoveryPointArn',
  resourceArn: 'ByResourceArn',
  resourceType: 'ByResourceType',
  restoreTestingPlanArn: 'ByRestoreTestingPlanArn',
  retainRecordInDays: 'RetainRecordInDays',
  shared: 'ByShared',
  sourceRecoveryPointArn: 'BySourceRecoveryPointArn',
  state: 'ByState',
  status: 'ByStatus',
  versionId: 'VersionId',
  vaultType: 'ByVaultType',
};

/** Names the members of a query of AWS Backup as the API does. */
export const backupMember = (name: string): string => MEMBERS[name] ?? name;
