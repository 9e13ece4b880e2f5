import type { SimAccount } from '../account.ts';
import { recoveryPointArn, tableArn } from '../arn.ts';
import { announceBackup, beginBackup, endBackup } from './backup-run.ts';
import { freshId, within } from './fresh.ts';
import { type BackupJob, failed } from './jobs.ts';

const MAX_BACKUPS = 300;

/** What a new job is made of. */
export interface NewBackupJob {
  readonly tableName: string;
  readonly vaultName: string;
  readonly iamRoleArn: string;
  readonly lifecycle?: BackupJob['lifecycle'];
  readonly tags?: BackupJob['tags'];
  readonly createdBy?: BackupJob['createdBy'];
  readonly startMinutes?: number | undefined;
  readonly completeMinutes?: number | undefined;
}

const MINUTE_MS = 60_000;
const START_MINUTES = 480;
const COMPLETE_MINUTES = 7 * 24 * 60;

const newJob = (account: SimAccount, wish: NewBackupJob): BackupJob => {
  const { backup } = account.state;
  const now = account.clock.now();
  const resourceArn = tableArn(account, wish.tableName);
  const id = freshId(`${resourceArn} ${wish.vaultName} ${now} backup`, (taken) =>
    backup.backupJobs.has(taken),
  );
  const form = backup.regionSettings.management?.DynamoDB ? 'advanced' : 'plain';
  const pointId = freshId(
    `${id} point`,
    (taken) => backup.points.find(recoveryPointArn(account, taken)) !== undefined,
  );
  return {
    id,
    tableName: wish.tableName,
    resourceArn,
    vaultName: wish.vaultName,
    form,
    iamRoleArn: wish.iamRoleArn,
    createdAt: now,
    startedAt: undefined,
    completedAt: undefined,
    startBy: now + (wish.startMinutes ?? START_MINUTES) * MINUTE_MS,
    completeBy: now + (wish.completeMinutes ?? COMPLETE_MINUTES) * MINUTE_MS,
    lifecycle: wish.lifecycle,
    tags: wish.tags ?? {},
    createdBy: wish.createdBy,
    pointArn: form === 'advanced' ? recoveryPointArn(account, pointId) : undefined,
    state: 'CREATED',
    message: undefined,
    sizeBytes: undefined,
  };
};

/** Takes a job in. It waits until the table is free, and no longer than its start window. */
export const enqueueBackup = (account: SimAccount, wish: NewBackupJob): BackupJob => {
  const { backup, settings } = account.state;
  const job = newJob(account, wish);
  const readyAt = job.createdAt + within(settings.backupJobStartMs, job.id);
  backup.backupJobs.set(job.id, job);
  backup.queue.add({
    id: job.id,
    resourceArn: job.resourceArn,
    readyAt,
    lane: 'backup',
    laneLimit: MAX_BACKUPS,
    isBlocked: () => false,
    start: (at) => beginBackup(account, job, at),
  });
  announceBackup(account, job, job.createdAt);
  account.state.at(readyAt, (at) => backup.queue.dispatch(at));
  account.state.at(job.startBy, (at) => {
    if (job.state !== 'CREATED') return;
    const text = 'Backup job failed because there was a running job for the same resource.';
    endBackup(account, job, at, { state: 'EXPIRED', message: failed(text, 'EXPIRED') });
  });
  return job;
};
