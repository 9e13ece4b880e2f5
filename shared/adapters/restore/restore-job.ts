import type { DescribeRestoreJobOutput } from '@aws-sdk/client-backup';
import type { JobState } from '../../model/job.ts';
import type { RestoreJob } from '../../ports/restore.ts';
import { statedInstant, statedText } from '../aws/reading.ts';
import { parseTableArn } from '../aws/table-arn.ts';
import { jobCauseOf } from '../engines/vaults/job-cause.ts';

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
