import { expect, it } from 'vitest';
import { jobCauseOf } from '../../../../shared/adapters/engines/vaults/job-cause.ts';

// What AWS publishes as the messages of jobs, and what was seen besides, each with its class.

it.each([
  ['collision', 'Backup job failed because there was a running job for the same resource.'],
  ['cut-off', 'Backup job expired before completion.'],
  [
    'never-started',
    'Restore job was unable to start within the specified start window. Try increasing your start window.',
  ],
  ['limit', 'There are too many copy jobs running for resource.'],
  [
    'limit',
    'Subscriber limit exceeded: You have reached the maximum concurrent number of backups, which is 300.',
  ],
  ['role', 'IAM Role arn:aws:iam::111122223333:role/jobs cannot be assumed by AWS Backup'],
  [
    'role',
    'The provided role arn:aws:iam::1:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup cannot be assumed by AWS Backup',
  ],
  [
    'organization',
    'Copy job failed. Cross-account copy feature is not enabled for the current organization.',
  ],
  [
    'organization',
    'Copy job failed. Both source and destination account must be a member of the same organization',
  ],
  [
    'aws-key',
    'Copy job failed because the destination Backup vault is encrypted with the default Backup service managed key. The contents of this vault cannot be copied.',
  ],
  ['key', 'KMS key is either disabled or pending deletion or access to KMS key is denied'],
  ['key', 'Given key ID is not accessible. You must have DescribeKey permissions on the default CMK'],
  ['tags', 'The resultant tag set must not have more than 50 user tags.'],
  ['tags', 'More than 50 tags specified'],
  ['tags', 'We are unable to copy resource tags to your backup because of the Internal Failure.'],
  ['tags', 'Access denied exception while trying to list tags'],
  ['retention', 'Backup job failed because the lifecycle is outside the valid range for backup vault.'],
  [
    'retention',
    'Copy job failed. The retention specified in the job is not within the range specified for the target Backup Vault.',
  ],
  ['destination', 'Access Denied trying to call AWS Backup service'],
  [
    'vault-missing',
    'Backup job failed because backup vault arn:aws:backup:us-east-1:111122223333:backup-vault:x does not exist.',
  ],
  ['table-missing', 'Table not found.'],
  ['source-missing', 'Cannot find recovery point'],
  ['source-missing', 'Copy job failed because source or destination recovery point is unavailable'],
  [
    'unsupported',
    'Copy job from us-east-1 to eu-west-1 cannot be initiated for DynamoDB resources. Feature is not supported for provided resource type.',
  ],
  ['unsupported', 'unsupported resource type'],
  ['stopped', 'Backup job was stopped by user.'],
  [
    'permission',
    'User: arn:aws:sts::1:assumed-role/jobs/AWSBackup is not authorized to perform: dynamodb:StartAwsBackupJob on resource: arn:aws:dynamodb:us-east-1:1:table/orders because no identity-based policy allows it',
  ],
  ['permission', 'The role does not have permission to describe resource orders'],
  ['permission', 'Insufficient privileges to perform this action.'],
  ['internal', 'An internal error occurred.'],
  ['internal', 'Copy job encountered a fatal error.'],
  ['internal', 'Token expired. Try again.'],
  ['unclassified', 'Words of a day to come.'],
  ['unclassified', ''],
])('is %s: %s', (cause, message) => {
  expect(jobCauseOf(message)).toBe(cause);
});
