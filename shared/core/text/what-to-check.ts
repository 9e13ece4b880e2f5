import type { Facet } from '../../model/observation.ts';

/** What to look at where something could not be read. */
export const WHAT_TO_CHECK: Readonly<Record<Facet, string>> = {
  details: 'Check that the role may call dynamodb:DescribeTable.',
  drills: 'Check that the state table is there and that the role may read it.',
  memory:
    'Check that the state table is there and that the role may read and write it; docs/runbook.md says how to bring it back.',
  pitr: 'Check that the role may call dynamodb:DescribeContinuousBackups.',
  'recent-recovery-points': 'Check that the role may call dynamodb:ListBackups.',
  'recovery-points': 'Check that the role may call dynamodb:ListBackups.',
  subscriptions:
    'Check that the alert topic exists and that the role may call sns:GetTopicAttributes and sns:ListSubscriptionsByTopic.',
  'table-keys':
    'Check that the state table is there and that the role may read it, and that it may call kms:DescribeKey.',
  'table-names': 'Check that the role may call dynamodb:ListTables.',
  'vault-settings':
    'Check that the role may call backup:ListBackupVaults, backup:GetBackupVaultAccessPolicy, backup:DescribeRegionSettings, backup:DescribeGlobalSettings, kms:DescribeKey and iam:GetRole.',
  vaults:
    'Check that the vault exists, that its access policy does not deny the role, and that the role may call backup:ListBackupVaults, backup:ListRecoveryPointsByBackupVault, backup:ListBackupJobs, backup:ListCopyJobs and backup:ListTags.',
  tags: 'Check that the role may call tag:GetResources.',
};
