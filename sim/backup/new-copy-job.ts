import type { SimAccount } from '../account.ts';
import { parseVaultArn, vaultArn } from '../arn.ts';
import { announceCopy, beginCopy, endCopy } from './copy-run.ts';
import { freshId, within } from './fresh.ts';
import { type CopyJob, failed } from './jobs.ts';
import type { RecoveryPoint } from './points.ts';

/** What a new copy is made of. */
export interface NewCopyJob {
  readonly point: RecoveryPoint;
  readonly destinationVaultArn: string;
  readonly iamRoleArn: string;
  /** As its source's when absent. */
  readonly lifecycle?: CopyJob['lifecycle'];
  readonly createdBy?: CopyJob['createdBy'];
}

const newJob = (account: SimAccount, { point, ...wish }: NewCopyJob): CopyJob => {
  const now = account.clock.now();
  const id = freshId(`${point.arn} ${wish.destinationVaultArn} ${now} copy`, (taken) =>
    account.state.backup.copyJobs.has(taken),
  );
  return {
    id,
    createdAt: now,
    startedAt: undefined,
    completedAt: undefined,
    iamRoleArn: wish.iamRoleArn,
    message: undefined,
    sourceVaultArn: vaultArn(account, point.vaultName),
    sourcePointArn: point.arn,
    destinationVaultArn: wish.destinationVaultArn,
    resourceArn: point.source.tableArn,
    lifecycle: wish.lifecycle ?? point.lifecycle,
    createdBy: wish.createdBy,
    sizeBytes: point.source.sizeBytes,
    destinationPointArn: undefined,
    state: 'CREATED',
  };
};

/** Takes a copy in. It waits until the resource is free, however long that takes; one too many of a resource fails. */
export const enqueueCopy = (account: SimAccount, wish: NewCopyJob): CopyJob => {
  const { backup, settings } = account.state;
  const job = newJob(account, wish);
  const { accountId, region } = parseVaultArn(job.destinationVaultArn) ?? {};
  const isTooMany = openCopies(account, job.resourceArn) >= settings.copiesOfResource;
  backup.copyJobs.set(job.id, job);
  announceCopy(account, job, job.createdAt);
  if (isTooMany) {
    const message = failed('There are too many copy jobs running for resource.', 'LIMIT_EXCEEDED');
    endCopy(account, job, job.createdAt, { state: 'FAILED', message });
    return job;
  }
  const readyAt = job.createdAt + within(settings.copyJobStartMs, job.id);
  backup.queue.add({
    id: job.id,
    resourceArn: job.resourceArn,
    readyAt,
    lane: `copy ${accountId} ${region}`,
    laneLimit: settings.copiesAtOnce,
    isBlocked: () => backup.closedDestinations.has(job.destinationVaultArn),
    start: (at) => beginCopy(account, job, at),
  });
  account.state.at(readyAt, (at) => backup.queue.dispatch(at));
  return job;
};

const openCopies = ({ state }: SimAccount, resourceArn: string): number =>
  [...state.backup.copyJobs.values()].filter(
    (job) => job.resourceArn === resourceArn && (job.state === 'CREATED' || job.state === 'RUNNING'),
  ).length;
