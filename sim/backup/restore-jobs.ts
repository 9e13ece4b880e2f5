import type { SimAccount } from '../account.ts';
import { vaultArn } from '../arn.ts';
import type { Input } from '../call.ts';
import type { Operation } from '../operation.ts';
import { notFound } from './failures.ts';
import { existingPoint } from './find.ts';
import { requiredText } from './input.ts';
import { restoreJobShape } from './job-shape.ts';
import type { RestoreJob } from './jobs.ts';
import { isAsked, isBetween, listed, newestFirst } from './listing.ts';
import { originalMetadata } from './restore-metadata.ts';

const existingJob = ({ state }: SimAccount, input: Input): RestoreJob => {
  const id = requiredText(input, 'RestoreJobId');
  const job = state.backup.restoreJobs.get(id);
  if (!job) throw notFound(`Cannot find restore job ${id}`);
  return job;
};

export const describeRestoreJob: Operation = ({ account }, input) =>
  restoreJobShape(account, existingJob(account, input));

export const getRestoreJobMetadata: Operation = ({ account }, input) => {
  const { id, metadata } = existingJob(account, input);
  return { RestoreJobId: id, Metadata: metadata };
};

export const listRestoreJobs: Operation = ({ account }, input) => {
  const jobs = [...account.state.backup.restoreJobs.values()].filter(
    (job) =>
      isAsked(input, 'ByStatus', job.status) &&
      isAsked(input, 'ByResourceType', 'DynamoDB') &&
      isAsked(input, 'ByAccountId', account.accountId) &&
      isAsked(input, 'ByParentJobId', undefined) &&
      isAsked(input, 'ByRestoreTestingPlanArn', undefined) &&
      isBetween(input, 'ByCreatedAfter', 'ByCreatedBefore', job.createdAt) &&
      isBetween(input, 'ByCompleteAfter', 'ByCompleteBefore', job.completedAt),
  );
  return listed(account, input, {
    name: 'RestoreJobs',
    values: jobs,
    keyOf: ({ createdAt, id }) => newestFirst(createdAt, id),
    shapeOf: (job) => restoreJobShape(account, job),
  });
};

export const getRecoveryPointRestoreMetadata: Operation = ({ account }, input) => {
  const point = existingPoint(account, input);
  return {
    BackupVaultArn: vaultArn(account, point.vaultName),
    RecoveryPointArn: point.arn,
    RestoreMetadata: originalMetadata(point),
    ResourceType: 'DynamoDB',
  };
};
