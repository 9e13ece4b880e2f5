import type { JobCause } from '../../model/job.ts';

/** What to do about each kind of trouble of a job of AWS Backup. */
const FIXES: Readonly<Record<JobCause, string>> = {
  permission:
    'Give the role of the jobs what AWS says it lacks. If AWS names none, see whether the access policy of the vault, a tag policy or a service control policy denies it.',
  role: 'The role of the jobs has to exist, and its trust policy has to name backup.amazonaws.com.',
  key: 'The key of the vault has to be enabled, and its policy has to let the role of the jobs use it: kms:CreateGrant, kms:DescribeKey, kms:Decrypt, kms:GenerateDataKey.',
  'aws-key':
    'A vault with the key that AWS manages takes no copies from another account, and the key of a vault never changes: make another vault there with a key of its own (docs/vaults.md has a template), and name it in copyTo.',
  collision:
    'Another job had the table for the whole of the start window: see which plan backs it up at that time, and move one of the two.',
  'never-started':
    'The job was not begun within its start window: another job had the table, or AWS Backup was busy. If it recurs, give the policy a longer startWindow.',
  'cut-off': 'The backup took longer than its completeWindow: give the policy a longer one, or leave it out.',
  limit: 'AWS Backup ran as many jobs as it may. Nothing has to be done unless it lasts.',
  tags: 'The table has more tags than a recovery point takes, 50, or they could not be read: take some away, or let the role of the jobs read them.',
  retention:
    'The lock of the vault does not allow to keep a recovery point for so long, or for so short: compare its shortest and longest retention with the policy. A vault with a longest retention takes none without an end: give the policy deleteAfterDays.',
  'table-missing':
    'The table was gone when the job began. Nothing has to be done if it was deleted on purpose.',
  'vault-missing': 'Make the vault, or correct its name in the policy file.',
  'source-missing':
    'What was to be copied was deleted meanwhile. Nothing has to be done: the next one is copied.',
  organization:
    'Both accounts have to be members of one organization, and its management account has to allow copies between them: aws backup update-global-settings --global-settings isCrossAccountBackupEnabled=true.',
  destination:
    'The access policy of the destination vault has to allow backup:CopyIntoBackupVault to this account, and the role of the jobs has to be allowed it on that vault.',
  unsupported:
    'AWS Backup cannot do this with such a recovery point: it was made before its advanced features were switched on for DynamoDB, or is in cold storage.',
  stopped:
    'A person stopped the job. The next one is begun a day later; backup:policy = none stops them for good.',
  internal: 'AWS Backup failed by itself. If it lasts, see the AWS Health Dashboard.',
  unclassified:
    'This version does not know these words of AWS. A tag policy or a service control policy of the organization may be behind them. If it lasts, ask AWS Support with them.',
};

/** Says what to do about a job that came to nothing. */
export const jobFix = (cause: JobCause | undefined): string => FIXES[cause ?? 'unclassified'];
