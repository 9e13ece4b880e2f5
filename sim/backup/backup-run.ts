import type { SimAccount } from '../account.ts';
import { vaultArn } from '../arn.ts';
import { type Caller, CONSOLE } from '../call.ts';
import { placeBackup } from '../dynamodb/change-backups.ts';
import type { Table } from '../dynamodb/table.ts';
import { announce } from './announce.ts';
import { isMessage, readyTable, refusalOf, tagsOf } from './backup-refusals.ts';
import { completePoint, discardPoint } from './change-points.ts';
import { forgetLater } from './end-job.ts';
import { type BackupJob, failed, hasEnded, type JobMessage } from './jobs.ts';
import { type RecoveryPoint, startPoint } from './points.ts';
import { refusalOfRole } from './roles.ts';
import type { JobTrouble } from './troubles.ts';

const SERVICE: Caller = { ...CONSOLE, userAgent: 'backup.amazonaws.com' };

export const announceBackup = (account: SimAccount, job: BackupJob, at: number): void =>
  announce(
    account,
    at,
    'Backup Job State Change',
    job.state === 'COMPLETED' && job.pointArn ? [job.pointArn] : [],
    {
      backupJobId: job.id,
      state: job.state,
      ...(job.state === 'CREATED'
        ? {}
        : {
            backupVaultName: job.vaultName,
            backupVaultArn: vaultArn(account, job.vaultName),
            resourceArn: job.resourceArn,
            resourceType: 'DynamoDB',
            iamRoleArn: job.iamRoleArn,
            startBy: new Date(job.startBy).toISOString(),
            percentDone: hasEnded(job.state) ? '100.0' : '0.0',
            ...(job.message?.text ? { statusMessage: job.message.text } : {}),
          }),
    },
  );

const setState = (account: SimAccount, job: BackupJob, state: string, at: number): void => {
  job.state = state;
  announceBackup(account, job, at);
};

/** Ends a job, and lets what waited for it start. */
export const endBackup = (
  account: SimAccount,
  job: BackupJob,
  at: number,
  { state, message }: { readonly state: string; readonly message: JobMessage },
): void => {
  job.message = message;
  job.completedAt = at;
  setState(account, job, state, at);
  const { backup } = account.state;
  backup.queue.end(job.id);
  backup.queue.dispatch(at);
  forgetLater(account, backup.backupJobs, job, at);
};

/** A role without the vault's key ends well, and nothing is in the backup. */
const isEmpty = (account: SimAccount, job: BackupJob): boolean => {
  const vault = account.state.backup.vaults.get(job.vaultName);
  if (job.form === 'plain' || !vault || vault.hasDefaultKey) return false;
  const demand = { action: 'kms:GenerateDataKey', resource: vault.encryptionKeyArn };
  return refusalOfRole(account, job.iamRoleArn, [demand]) !== undefined;
};

const addPoint = (account: SimAccount, job: BackupJob, table: Table, at: number): RecoveryPoint => {
  const { backup, items, settings } = account.state;
  const vault = backup.vaults.get(job.vaultName);
  const isPlain = job.form === 'plain';
  const isBare = isEmpty(account, job);
  const copied = isBare ? undefined : items.copyOf(table);
  const createdAt = settings.pointDate === 'asked' ? job.createdAt : at;
  const availableAt = at + settings.backupJobMs(table.sizeBytes);
  const made = { name: job.id, type: 'AWS_BACKUP', createdAt, availableAt, items: copied } as const;
  const arn = isPlain ? placeBackup(account, table, made).arn : (job.pointArn ?? '');
  const point = startPoint({
    arn,
    form: job.form,
    vaultName: job.vaultName,
    source: {
      tableArn: table.arn,
      tableName: table.name,
      tableId: table.id,
      definition: table.definition,
      sizeBytes: isBare ? 0 : table.sizeBytes + table.census.bytes,
      itemCount: isBare ? 0 : table.itemCount + table.census.items,
      items: copied,
    },
    createdAt,
    initiatedAt: job.createdAt,
    completedAt: undefined,
    iamRoleArn: job.iamRoleArn,
    createdBy: job.createdBy,
    encryptionKeyArn: isPlain ? undefined : vault?.encryptionKeyArn,
    lifecycle: job.lifecycle,
    tags: isPlain ? {} : tagsOf(job, table),
    status: 'CREATING',
  });
  backup.points.add(point);
  return point;
};

const finish = (
  account: SimAccount,
  job: BackupJob,
  point: RecoveryPoint,
  at: number,
  trouble?: JobTrouble,
): void => {
  if (job.state !== 'RUNNING') return;
  if (at >= job.completeBy) {
    discardPoint(account, point);
    const message = failed('Backup job expired before completion.', 'EXPIRED');
    endBackup(account, job, at, { state: 'EXPIRED', message });
    return;
  }
  job.sizeBytes = point.source.sizeBytes;
  completePoint(account, point, at, SERVICE);
  if (trouble?.state === 'PARTIAL') point.status = 'PARTIAL';
  if (trouble?.losesTags) point.tags = {};
  const message = failed(trouble?.message ?? '', trouble?.category ?? 'SUCCESS');
  endBackup(account, job, at, { state: trouble?.state ?? 'COMPLETED', message });
};

/** Lets a trouble of the console have its way, where it ends the job before it has made anything. */
const isStruck = (
  account: SimAccount,
  job: BackupJob,
  at: number,
  trouble: JobTrouble | undefined,
): boolean => {
  if (!trouble || trouble.state === 'COMPLETED' || trouble.state === 'PARTIAL') return false;
  const message = failed(trouble.message ?? '', trouble.category ?? 'AGGREGATE_ALL');
  if (hasEnded(trouble.state)) endBackup(account, job, at, { state: trouble.state, message });
  else {
    setState(account, job, trouble.state, at);
    account.state.backup.queue.end(job.id);
  }
  return true;
};

/** Starts the backup of a job whose turn it is. */
export const beginBackup = (account: SimAccount, job: BackupJob, at: number): void => {
  const { backup, settings } = account.state;
  const trouble = backup.troubles.take({ job: 'backup', table: job.tableName });
  if (isStruck(account, job, at, trouble)) return;
  const table = readyTable(account, job, at);
  const refusal = isMessage(table) ? table : refusalOf(account, job, table);
  if (isMessage(table) || refusal) {
    endBackup(account, job, at, { state: 'FAILED', message: refusal ?? failed('', 'AGGREGATE_ALL') });
    return;
  }
  job.startedAt = at;
  setState(account, job, 'RUNNING', at);
  const point = addPoint(account, job, table, at);
  job.pointArn = point.arn;
  const endsAt = Math.min(at + settings.backupJobMs(table.sizeBytes), job.completeBy);
  account.state.at(endsAt, (then) => finish(account, job, point, then, trouble));
};

/** How long a job that is stopped is ABORTING. */
const ABORTING_MS = 5_000;

/** Stops a job that has not ended: it leaves no point. */
export const abortBackup = (account: SimAccount, job: BackupJob, now: number): void => {
  const { backup } = account.state;
  job.message = failed('Backup job was stopped by user.', 'ABORTED');
  setState(account, job, 'ABORTING', now);
  account.state.at(now + ABORTING_MS, (at) => {
    const point = job.pointArn === undefined ? undefined : backup.points.find(job.pointArn);
    if (point) discardPoint(account, point);
    job.completedAt = at;
    setState(account, job, 'ABORTED', at);
    backup.queue.end(job.id);
    forgetLater(account, backup.backupJobs, job, at);
    backup.queue.dispatch(at);
  });
};
