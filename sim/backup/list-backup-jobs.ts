import type { Operation } from '../operation.ts';
import { backupJobShape } from './job-shape.ts';
import { isAsked, isBetween, listed, newestFirst } from './listing.ts';

export const listBackupJobs: Operation = ({ account }, input) => {
  const jobs = [...account.state.backup.backupJobs.values()].filter(
    (job) =>
      isAsked(input, 'ByState', job.state) &&
      isAsked(input, 'ByResourceArn', job.resourceArn) &&
      isAsked(input, 'ByBackupVaultName', job.vaultName) &&
      isAsked(input, 'ByResourceType', 'DynamoDB') &&
      isAsked(input, 'ByAccountId', account.accountId) &&
      isAsked(input, 'ByParentJobId', undefined) &&
      isAsked(input, 'ByMessageCategory', job.message?.category) &&
      isBetween(input, 'ByCreatedAfter', 'ByCreatedBefore', job.createdAt) &&
      isBetween(input, 'ByCompleteAfter', 'ByCompleteBefore', job.completedAt),
  );
  return listed(account, input, {
    name: 'BackupJobs',
    values: jobs,
    keyOf: ({ createdAt, id }) => newestFirst(createdAt, id),
    shapeOf: (job) => backupJobShape(account, job),
  });
};
