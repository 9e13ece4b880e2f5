import type { SimAccount } from '../account.ts';
import { vaultArn } from '../arn.ts';
import { statusOf, type Table, type Tags } from '../dynamodb/table.ts';
import { type BackupJob, failed, type JobMessage } from './jobs.ts';
import { isInRange } from './lock-range.ts';
import { isAssumable, refusalOfKey, refusalOfRole } from './roles.ts';

const MAX_TAGS = 50;

/** The table as it is when the job starts; a message when it cannot be backed up. */
export const readyTable = ({ state }: SimAccount, job: BackupJob, at: number): Table | JobMessage => {
  const table = state.tables.get(job.tableName);
  if (!table) return failed('Table not found.', 'RESOURCE_NOT_FOUND');
  if (statusOf(table, at) !== 'CREATING') return table;
  return failed(`Table ${job.tableName} is being created and cannot be backed up.`, 'INVALIDPARAMETERS');
};

export const isMessage = (found: object): found is JobMessage => 'category' in found;

/** The tags of the point: those of the table, and those that were asked for over them. */
export const tagsOf = (job: BackupJob, table: Table): Tags => ({ ...table.tags, ...job.tags });

const demandsOf = (job: BackupJob, table: Table) => [
  { action: 'dynamodb:DescribeTable', resource: table.arn },
  ...(job.form === 'plain'
    ? [{ action: 'dynamodb:CreateBackup', resource: table.arn }]
    : [
        { action: 'dynamodb:ListTagsOfResource', resource: table.arn },
        { action: 'dynamodb:StartAwsBackupJob', resource: table.arn },
      ]),
  ...(job.form === 'advanced' && Object.keys(tagsOf(job, table)).length > 0
    ? [{ action: 'backup:TagResource', resource: job.pointArn ?? '*' }]
    : []),
];

/** Why the job fails as it starts. */
export const refusalOf = (account: SimAccount, job: BackupJob, table: Table): JobMessage | undefined => {
  const { backup } = account.state;
  const vault = backup.vaults.get(job.vaultName);
  if (!vault) {
    const arn = vaultArn(account, job.vaultName);
    return failed(`Backup job failed because backup vault ${arn} does not exist.`, 'RESOURCE_NOT_FOUND');
  }
  if (!isAssumable(account, job.iamRoleArn)) {
    return failed(`IAM Role ${job.iamRoleArn} cannot be assumed by AWS Backup`, 'AccessDenied');
  }
  const denial = refusalOfRole(account, job.iamRoleArn, demandsOf(job, table));
  if (denial) return denial;
  if (!isInRange(vault, job.lifecycle)) {
    const text = 'Backup job failed because the lifecycle is outside the valid range for backup vault.';
    return failed(text, 'INVALIDPARAMETERS');
  }
  if (job.form === 'plain') return undefined;
  if (Object.keys(tagsOf(job, table)).length > MAX_TAGS) {
    return failed('The resultant tag set must not have more than 50 user tags.', 'LIMIT_EXCEEDED');
  }
  return refusalOfKey(account, vault.encryptionKeyArn);
};
