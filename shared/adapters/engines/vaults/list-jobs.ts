import {
  type BackupJob as AwsBackupJob,
  type CopyJob as AwsCopyJob,
  ListBackupJobsCommand,
  ListCopyJobsCommand,
} from '@aws-sdk/client-backup';
import type { BackupJob, CopyJob, Job, JobCause, JobState } from '../../../model/job.ts';
import { isFields } from '../../../model/shape.ts';
import { vaultArn } from '../../../model/vault-arn.ts';
import type { Listing } from '../../../ports/inventory.ts';
import { type Page, pageWithout, readPages } from '../../aws/paginate.ts';
import { statedInstant, statedList, statedText } from '../../aws/reading.ts';
import { parseTableArn } from '../../aws/table-arn.ts';
import { jobCauseOf } from './job-cause.ts';
import type { VaultParts } from './vault-clients.ts';

const PAGE_SIZE = 1_000;

const STATES: ReadonlyMap<unknown, JobState> = new Map([
  ['CREATED', 'waiting'],
  ['PENDING', 'waiting'],
  ['RUNNING', 'running'],
  ['ABORTING', 'running'],
  ['COMPLETED', 'completed'],
  ['FAILED', 'failed'],
  ['EXPIRED', 'expired'],
  ['ABORTED', 'aborted'],
  ['PARTIAL', 'partial'],
]);

/** What both kinds of job say of themselves, in the words of AWS. */
interface AwsJob {
  readonly ResourceArn?: unknown;
  readonly CreationDate?: unknown;
  readonly CompletionDate?: unknown;
  readonly State?: unknown;
  readonly StatusMessage?: unknown;
  readonly MessageCategory?: unknown;
  readonly IamRoleArn?: unknown;
  readonly CreatedBy?: unknown;
}

/** A job that was cut off had begun; one that never began was held up by another. */
const causeOf = (message: string | undefined, state: JobState): JobCause => {
  if (state === 'aborted') return 'stopped';
  const cause = message === undefined ? 'unclassified' : jobCauseOf(message);
  return state === 'expired' && cause === 'unclassified' ? 'never-started' : cause;
};

const troubleOf = (job: AwsJob, state: JobState): Pick<Job, 'cause' | 'message'> => {
  const message = statedText(job.StatusMessage);
  const category = statedText(job.MessageCategory);
  const isFine = state === 'waiting' || state === 'running' || state === 'unknown';
  const isSuccess = state === 'completed' && (category === undefined || category === 'SUCCESS');
  if (isFine || isSuccess) return {};
  return { cause: causeOf(message, state), message: message ?? category ?? 'AWS Backup says nothing' };
};

type Common = Pick<
  Job,
  'id' | 'table' | 'state' | 'createdAt' | 'endedAt' | 'cause' | 'message' | 'isOwn' | 'plan'
>;

/** What both kinds of job have; undefined for one of another table's target, or that lacks what has to be known. */
const commonOf = (
  job: AwsJob,
  id: unknown,
  { jobRole, log, target }: VaultParts,
): Common | 'foreign' | undefined => {
  const jobId = statedText(id);
  const arn = parseTableArn(statedText(job.ResourceArn) ?? '');
  const createdAt = statedInstant(job.CreationDate);
  if (jobId === undefined || arn === undefined || arn === 'part' || createdAt === undefined) return undefined;
  if (arn.accountId !== target.accountId || arn.region !== target.region) return 'foreign';
  const state = STATES.get(job.State) ?? 'unknown';
  if (state === 'unknown')
    log.warn('a job has a state this version does not know', { jobId, state: job.State });
  const endedAt = statedInstant(job.CompletionDate);
  const plan = isFields(job.CreatedBy) ? statedText(job.CreatedBy.BackupPlanArn) : undefined;
  return {
    id: jobId,
    table: arn.table,
    state,
    createdAt,
    ...(endedAt !== undefined && { endedAt }),
    ...troubleOf(job, state),
    isOwn: plan === undefined && job.IamRoleArn === jobRole,
    ...(plan !== undefined && { plan }),
  };
};

type Read = Job | 'foreign' | undefined;

const backupJobOf = (job: Partial<AwsBackupJob>, parts: VaultParts): Read => {
  const common = commonOf(job, job.BackupJobId, parts);
  if (common === undefined || common === 'foreign') return common;
  const name = statedText(job.BackupVaultName);
  const vault = statedText(job.BackupVaultArn) ?? (name && vaultArn({ target: parts.target, name }));
  if (!vault) return undefined;
  const recoveryPointId = statedText(job.RecoveryPointArn);
  return {
    kind: 'backup',
    ...common,
    vault,
    ...(recoveryPointId !== undefined && { recoveryPointId }),
  } satisfies BackupJob;
};

const copyJobOf = (job: Partial<AwsCopyJob>, parts: VaultParts): Read => {
  const common = commonOf(job, job.CopyJobId, parts);
  if (common === undefined || common === 'foreign') return common;
  const sourceId = statedText(job.SourceRecoveryPointArn);
  const destination = statedText(job.DestinationBackupVaultArn);
  if (sourceId === undefined || destination === undefined) return undefined;
  const copyId = statedText(job.DestinationRecoveryPointArn);
  const days = job.DestinationRecoveryPointLifecycle?.DeleteAfterDays;
  return {
    kind: 'copy',
    ...common,
    sourceId,
    destination,
    ...(copyId !== undefined && { copyId }),
    // AWS writes -1 for what has no end.
    ...(typeof days === 'number' && days > 0 && { deleteAfterDays: days }),
  } satisfies CopyJob;
};

const pageOf = (read: readonly Read[], token: unknown): Page<Job> => {
  const items = read.filter((job): job is Job => typeof job === 'object');
  const skipped = read.filter((job) => job === undefined).length;
  return {
    items,
    token,
    ...(skipped > 0 && { gap: `${skipped} of the jobs lack an id, a table, a vault or a date` }),
  };
};

const readBackupJobs = (parts: VaultParts): Promise<Listing<Job>> =>
  readPages('ListBackupJobs', async (token) => {
    const { BackupJobs, NextToken } = await parts.clientIn(parts.target.region).send(
      new ListBackupJobsCommand({
        ByResourceType: 'DynamoDB',
        MaxResults: PAGE_SIZE,
        ...(token !== undefined && { NextToken: token }),
      }),
    );
    const jobs = statedList(BackupJobs);
    return jobs === undefined
      ? pageWithout('BackupJobs')
      : pageOf(
          jobs.map((job) => backupJobOf(job, parts)),
          NextToken,
        );
  });

const readCopyJobs = (parts: VaultParts): Promise<Listing<Job>> =>
  readPages('ListCopyJobs', async (token) => {
    const { CopyJobs, NextToken } = await parts.clientIn(parts.target.region).send(
      new ListCopyJobsCommand({
        ByResourceType: 'DynamoDB',
        MaxResults: PAGE_SIZE,
        ...(token !== undefined && { NextToken: token }),
      }),
    );
    const jobs = statedList(CopyJobs);
    return jobs === undefined
      ? pageWithout('CopyJobs')
      : pageOf(
          jobs.map((job) => copyJobOf(job, parts)),
          NextToken,
        );
  });

/**
 * Lists the backup and copy jobs of tables of the target, anyone's, of the last 30 days: whole lists, never one call for each job. A job in an
 * unknown state counts as neither good nor failed.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupJobs.html (not verified): the last 30 days
 */
export const listVaultJobs = async (parts: VaultParts): Promise<Listing<Job>> => {
  const [backups, copies] = await Promise.all([readBackupJobs(parts), readCopyJobs(parts)]);
  const gap = backups.gap ?? copies.gap;
  return { items: [...backups.items, ...copies.items], ...(gap !== undefined && { gap }) };
};
