import type { SimAccount } from '../account.ts';
import { type Caller, CONSOLE } from '../call.ts';
import { refuseTarget, startRestore } from '../dynamodb/restore.ts';
import { restoredDefinition } from '../dynamodb/restored-definition.ts';
import type { Table } from '../dynamodb/table.ts';
import { isServiceFailure } from '../failure.ts';
import { announce } from './announce.ts';
import { forgetLater } from './end-job.ts';
import { freshId, within } from './fresh.ts';
import { failed, hasEnded, type JobMessage, type RestoreJob } from './jobs.ts';
import type { RecoveryPoint } from './points.ts';
import type { Metadata } from './restore-metadata.ts';
import { restoredEncryption, restoreRefusal, targetNameOf } from './restore-refusals.ts';

const SERVICE: Caller = { ...CONSOLE, userAgent: 'backup.amazonaws.com' };

/** The first event says `state`, all others say `status`. */
const announceRestore = (account: SimAccount, job: RestoreJob, at: number, isFirst = false): void =>
  announce(account, at, 'Restore Job State Change', [job.pointArn], {
    restoreJobId: job.id,
    ...(isFirst ? { state: 'CREATED' } : { status: job.status }),
    resourceType: 'DynamoDB',
    sourceResourceArn: job.sourceArn,
    iamRoleArn: job.iamRoleArn,
    percentDone: hasEnded(job.status) ? 100 : 0,
    ...(job.status === 'COMPLETED' ? { createdResourceArn: job.createdArn } : {}),
    ...(job.message?.text ? { statusMessage: job.message.text } : {}),
  });

const setStatus = (account: SimAccount, job: RestoreJob, status: string, at: number): void => {
  job.status = status;
  announceRestore(account, job, at);
};

const endRestore = (
  account: SimAccount,
  job: RestoreJob,
  at: number,
  { status, message }: { readonly status: string; readonly message?: JobMessage },
): void => {
  job.message = message;
  job.completedAt = at;
  setStatus(account, job, status, at);
  forgetLater(account, account.state.backup.restoreJobs, job, at);
};

/** Starts the table, whose items come back with it. What DynamoDB refuses is the job's message. */
const startTable = (
  account: SimAccount,
  job: RestoreJob,
  point: RecoveryPoint,
  at: number,
): Table | JobMessage => {
  const { coldRestoreMs, restoredFromSays, restoreMs } = account.state.settings;
  const context = { account, caller: SERVICE, now: at };
  const sse = restoredEncryption(account, job, point);
  const { definition, itemCount, items, sizeBytes, tableArn: sourceTableArn } = point.source;
  const thaw = point.storage === 'COLD' ? coldRestoreMs : 0;
  try {
    refuseTarget(context, targetNameOf(job));
    return startRestore(context, {
      targetName: targetNameOf(job),
      definition: restoredDefinition(definition, sse ? { SSESpecificationOverride: sse } : {}),
      origin: {
        ...(restoredFromSays === 'point' ? { sourceBackupArn: point.arn } : {}),
        sourceTableArn,
        restoreAt: point.createdAt,
      },
      sizeBytes,
      itemCount,
      items,
      durationMs: [restoreMs[0] + thaw, restoreMs[1] + thaw],
    });
  } catch (error) {
    if (isServiceFailure(error)) return failed(error.message, 'INVALIDPARAMETERS');
    throw error;
  }
};

const finish = (account: SimAccount, job: RestoreJob, table: Table, at: number): void => {
  if (job.status !== 'RUNNING') return;
  if (account.state.tables.get(table.name) !== table) {
    const message = failed('The restore was cancelled: its table is gone.', 'ABORTED');
    endRestore(account, job, at, { status: 'FAILED', message });
    return;
  }
  job.createdArn = table.arn;
  endRestore(account, job, at, { status: 'COMPLETED' });
};

/** Lets a trouble of the console have its way. */
const isStruck = (account: SimAccount, job: RestoreJob, at: number): boolean => {
  const table = job.sourceArn.split('/').at(-1) ?? '';
  const trouble = account.state.backup.troubles.take({ job: 'restore', table });
  if (!trouble || trouble.state === 'COMPLETED') return false;
  const message = failed(trouble.message ?? '', trouble.category ?? 'AGGREGATE_ALL');
  if (hasEnded(trouble.state)) endRestore(account, job, at, { status: trouble.state, message });
  else setStatus(account, job, trouble.state, at);
  return true;
};

const begin = (
  account: SimAccount,
  job: RestoreJob,
  point: RecoveryPoint,
  copiesTags: boolean,
  at: number,
): void => {
  if (isStruck(account, job, at)) return;
  const refusal = restoreRefusal(account, job, point, copiesTags);
  const table = refusal ?? startTable(account, job, point, at);
  if ('category' in table) {
    endRestore(account, job, at, { status: 'FAILED', message: table });
    return;
  }
  job.startedAt = at;
  setStatus(account, job, 'RUNNING', at);
  point.readers += 1;
  point.lastRestoredAt = at;
  account.state.at(table.activeAt, (then) => {
    point.readers -= 1;
    finish(account, job, table, then);
  });
};

/** What a new restore is made of. */
export interface NewRestoreJob {
  readonly point: RecoveryPoint;
  readonly metadata: Metadata;
  readonly iamRoleArn: string;
  readonly copiesTags: boolean;
}

/** Takes a restore in. */
export const enqueueRestore = (account: SimAccount, wish: NewRestoreJob): RestoreJob => {
  const { backup, settings } = account.state;
  const { point, metadata, iamRoleArn, copiesTags } = wish;
  const now = account.clock.now();
  const job: RestoreJob = {
    id: freshId(`${point.arn} ${JSON.stringify(metadata)} ${now}`, (id) => backup.restoreJobs.has(id)),
    createdAt: now,
    startedAt: undefined,
    completedAt: undefined,
    iamRoleArn,
    message: undefined,
    pointArn: point.arn,
    vaultName: point.vaultName,
    sourceArn: point.source.tableArn,
    pointCreatedAt: point.createdAt,
    sizeBytes: point.source.sizeBytes,
    metadata,
    createdArn: undefined,
    status: 'PENDING',
  };
  backup.restoreJobs.set(job.id, job);
  announceRestore(account, job, now, true);
  account.state.at(now + within(settings.restoreJobStartMs, job.id), (at) =>
    begin(account, job, point, copiesTags, at),
  );
  return job;
};
