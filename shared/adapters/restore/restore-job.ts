import {
  type BackupClient,
  type DescribeRestoreJobOutput,
  GetRestoreJobMetadataCommand,
  ListRestoreJobsCommand,
} from '@aws-sdk/client-backup';
import { MINUTE_MS } from '../../model/instant.ts';
import type { JobState } from '../../model/job.ts';
import type { Reading } from '../../ports/inventory.ts';
import type { JobWish, RestoreJob } from '../../ports/restore.ts';
import { pageWithout, readPages } from '../aws/paginate.ts';
import { readingOf, statedInstant, statedList, statedText } from '../aws/reading.ts';
import { parseTableArn } from '../aws/table-arn.ts';
import { jobCauseOf } from '../engines/vaults/job-cause.ts';
import { metadataValue } from './restore-metadata.ts';

const PAGE_SIZE = 1_000;

/** So far from the instant that was noted a call may have left, and clocks may differ. */
const NEAR_MS = 5 * MINUTE_MS;

const targetOfJob = (client: BackupClient, jobId: string): Promise<Reading<{ readonly table?: string }>> =>
  readingOf('GetRestoreJobMetadata', async () => {
    const { Metadata } = await client.send(new GetRestoreJobMetadataCommand({ RestoreJobId: jobId }));
    const table = metadataValue(Metadata ?? {}, 'targetTableName');
    return table === undefined ? {} : { table };
  });

const candidates = (client: BackupClient, { source, askedAt = 0 }: JobWish) =>
  readPages('ListRestoreJobs', async (token) => {
    const { RestoreJobs, NextToken } = await client.send(
      new ListRestoreJobsCommand({
        ByCreatedAfter: new Date(askedAt - NEAR_MS),
        MaxResults: PAGE_SIZE,
        ...(token !== undefined && { NextToken: token }),
      }),
    );
    const jobs = statedList(RestoreJobs);
    if (jobs === undefined) return pageWithout('RestoreJobs');
    const ofPoint = jobs.filter(
      ({ RecoveryPointArn }) => source.kind === 'recovery-point' && RecoveryPointArn === source.id,
    );
    return {
      items: ofPoint.map(toRestoreJob).filter((job) => typeof job !== 'string'),
      token: NextToken,
    };
  });

/**
 * Finds the job that a call began whose answer was lost: a list of jobs does not say to which name each restores: that is asked of those of the recovery
 * point, the newest first.
 */
export const findRestoreJob = async (client: BackupClient, wish: JobWish): Promise<Reading<RestoreJob>> => {
  const { items, gap } = await candidates(client, wish);
  if (gap !== undefined) return { kind: 'unreadable', failure: gap };
  for (const job of items.toSorted((a, b) => b.createdAt - a.createdAt)) {
    const target = await targetOfJob(client, job.id);
    if (target.kind === 'unreadable') return target;
    if (target.kind === 'found' && target.value.table === wish.targetTable)
      return { kind: 'found', value: job };
  }
  return { kind: 'missing' };
};

const STATES: ReadonlyMap<unknown, JobState> = new Map([
  ['CREATED', 'waiting'],
  ['PENDING', 'waiting'],
  ['RUNNING', 'running'],
  ['ABORTING', 'running'],
  ['COMPLETED', 'completed'],
  ['ABORTED', 'aborted'],
  ['FAILED', 'failed'],
  ['EXPIRED', 'expired'],
  ['PARTIAL', 'partial'],
]);

const CAME_TO_NOTHING: readonly JobState[] = ['aborted', 'expired', 'failed', 'partial'];

const troubleOf = (state: JobState, words: string | undefined): Pick<RestoreJob, 'cause' | 'message'> => {
  if (!CAME_TO_NOTHING.includes(state)) return {};
  const message = words ?? 'AWS Backup says nothing';
  return { message, cause: state === 'aborted' ? 'stopped' : jobCauseOf(message) };
};

const madeBy = (arn: unknown): Pick<RestoreJob, 'table'> => {
  const made = parseTableArn(statedText(arn) ?? '');
  return made === undefined || made === 'part' ? {} : { table: made.table };
};

/**
 * Reads a job that restores a table. One in a state that this version does not know may still come to something. Returns what is wrong with an
 * answer that says too little.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeRestoreJob.html (not verified)
 */
export const toRestoreJob = (job: Partial<DescribeRestoreJobOutput>): RestoreJob | string => {
  const id = statedText(job.RestoreJobId);
  const createdAt = statedInstant(job.CreationDate);
  const endedAt = statedInstant(job.CompletionDate);
  if (id === undefined || createdAt === undefined) return 'the answer lacks the id or the date of the job';
  const state = STATES.get(job.Status) ?? 'unknown';
  return {
    id,
    state,
    createdAt,
    ...madeBy(job.CreatedResourceArn),
    ...(endedAt !== undefined && { endedAt }),
    ...troubleOf(state, statedText(job.StatusMessage)),
  };
};
