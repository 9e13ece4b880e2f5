import {
  type BackupClient,
  GetRestoreJobMetadataCommand,
  ListRestoreJobsCommand,
} from '@aws-sdk/client-backup';
import { MINUTE_MS } from '../../model/instant.ts';
import type { Reading } from '../../ports/inventory.ts';
import type { JobWish, RestoreJob } from '../../ports/restore.ts';
import { pageWithout, readPages } from '../aws/paginate.ts';
import { readingOf, statedList } from '../aws/reading.ts';
import { toRestoreJob } from './restore-job.ts';
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
