import type { Operation } from '../operation.ts';
import { notFound } from './failures.ts';
import { requiredText } from './input.ts';
import { copyJobShape } from './job-shape.ts';
import { isAsked, isBetween, listed, newestFirst } from './listing.ts';

export const describeCopyJob: Operation = ({ account }, input) => {
  const id = requiredText(input, 'CopyJobId');
  const job = account.state.backup.copyJobs.get(id);
  if (!job) throw notFound(`Cannot find copy job ${id}`);
  return { CopyJob: copyJobShape(account, job) };
};

export const listCopyJobs: Operation = ({ account }, input) => {
  const jobs = [...account.state.backup.copyJobs.values()].filter(
    (job) =>
      isAsked(input, 'ByState', job.state) &&
      isAsked(input, 'ByResourceArn', job.resourceArn) &&
      isAsked(input, 'ByResourceType', 'DynamoDB') &&
      isAsked(input, 'ByDestinationVaultArn', job.destinationVaultArn) &&
      isAsked(input, 'BySourceRecoveryPointArn', job.sourcePointArn) &&
      isAsked(input, 'ByAccountId', account.accountId) &&
      isAsked(input, 'ByParentJobId', undefined) &&
      isAsked(input, 'ByMessageCategory', job.message?.category) &&
      isBetween(input, 'ByCreatedAfter', 'ByCreatedBefore', job.createdAt) &&
      isBetween(input, 'ByCompleteAfter', 'ByCompleteBefore', job.completedAt),
  );
  return listed(account, input, {
    name: 'CopyJobs',
    values: jobs,
    keyOf: ({ createdAt, id }) => newestFirst(createdAt, id),
    shapeOf: (job) => copyJobShape(account, job),
  });
};
