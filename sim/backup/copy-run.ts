import type { SimAccount } from '../account.ts';
import { parseVaultArn, recoveryPointArn } from '../arn.ts';
import { type Caller, CONSOLE } from '../call.ts';
import { announce } from './announce.ts';
import { completePoint } from './change-points.ts';
import { type Copying, copyRefusal, UNREACHABLE } from './copy-refusals.ts';
import { forgetLater } from './end-job.ts';
import { freshId } from './fresh.ts';
import { type CopyJob, failed, hasEnded, type JobMessage } from './jobs.ts';
import { type RecoveryPoint, startPoint } from './points.ts';
import type { JobTrouble } from './troubles.ts';

const SERVICE: Caller = { ...CONSOLE, userAgent: 'backup.amazonaws.com' };

export const announceCopy = (account: SimAccount, job: CopyJob, at: number): void =>
  announce(account, at, 'Copy Job State Change', [job.sourcePointArn], {
    copyJobId: job.id,
    state: job.state,
    backupSizeInBytes: job.sizeBytes,
    sourceBackupVaultArn: job.sourceVaultArn,
    sourceRecoveryPointArn: job.sourcePointArn,
    destinationBackupVaultArn: job.destinationVaultArn,
    // An object until there is a text for it.
    destinationRecoveryPointArn: job.destinationPointArn ?? {},
    resourceArn: job.resourceArn,
    resourceType: 'DynamoDB',
    iamRoleArn: job.iamRoleArn,
    ...(job.message?.text ? { statusMessage: job.message.text } : {}),
  });

const setState = (account: SimAccount, job: CopyJob, state: string, at: number): void => {
  job.state = state;
  announceCopy(account, job, at);
};

/** Ends a copy, and lets what waited for it start. */
export const endCopy = (
  account: SimAccount,
  job: CopyJob,
  at: number,
  { state, message }: { readonly state: string; readonly message: JobMessage },
): void => {
  const { backup } = account.state;
  job.message = message;
  job.completedAt = at;
  setState(account, job, state, at);
  backup.queue.end(job.id);
  backup.queue.dispatch(at);
  forgetLater(account, backup.copyJobs, job, at);
};

/** The account and Region that a vault is in, where the world has it. */
const accountOfVault = ({ state }: SimAccount, arn: string): SimAccount | undefined => {
  const place = parseVaultArn(arn);
  return place && state.world.accounts.get(place.accountId)?.get(place.region);
};

const copyOf = ({
  here,
  job,
  point,
  there,
  vault,
}: Copying & { readonly there: SimAccount }): RecoveryPoint => {
  const isTaken = (id: string): boolean =>
    there.state.backup.points.find(recoveryPointArn(there, id)) !== undefined;
  const isElsewhere = here.region !== there.region || here.accountId !== there.accountId;
  const { createdAt, createdBy, form, source, tags } = point;
  return startPoint({
    form,
    source,
    createdAt,
    createdBy,
    tags,
    arn: recoveryPointArn(there, freshId(`${job.id} copy`, isTaken)),
    vaultName: parseVaultArn(job.destinationVaultArn)?.name ?? '',
    initiatedAt: job.createdAt,
    completedAt: undefined,
    iamRoleArn: job.iamRoleArn,
    encryptionKeyArn: vault?.encryptionKeyArn,
    ...(isElsewhere ? { sourceVaultArn: job.sourceVaultArn } : {}),
    lifecycle: job.lifecycle,
    status: 'CREATING',
  });
};

const finish = (
  account: SimAccount,
  copying: Copying & { readonly there: SimAccount },
  copy: RecoveryPoint,
  at: number,
  trouble?: JobTrouble,
): void => {
  const { job, point, there } = copying;
  point.readers -= 1;
  if (!there.state.backup.vaults.has(copy.vaultName)) {
    const message = failed(UNREACHABLE, 'AccessDenied');
    endCopy(account, job, at, { state: 'FAILED', message });
    return;
  }
  there.state.backup.points.add(copy);
  completePoint(there, copy, at, SERVICE);
  if (trouble?.state === 'PARTIAL') copy.status = 'PARTIAL';
  if (trouble?.losesTags) copy.tags = {};
  job.destinationPointArn = copy.arn;
  const message = failed(trouble?.message ?? '', trouble?.category ?? 'SUCCESS');
  endCopy(account, job, at, { state: trouble?.state ?? 'COMPLETED', message });
};

/** Lets a trouble of the console have its way, where it ends the job before anything is copied. */
const isStruck = (
  account: SimAccount,
  job: CopyJob,
  at: number,
  trouble: JobTrouble | undefined,
): boolean => {
  if (!trouble || trouble.state === 'COMPLETED' || trouble.state === 'PARTIAL') return false;
  const message = failed(trouble.message ?? '', trouble.category ?? 'AGGREGATE_ALL');
  if (hasEnded(trouble.state)) endCopy(account, job, at, { state: trouble.state, message });
  else {
    setState(account, job, trouble.state, at);
    account.state.backup.queue.end(job.id);
  }
  return true;
};

/** Starts a copy whose turn it is. */
export const beginCopy = (account: SimAccount, job: CopyJob, at: number): void => {
  const { backup, settings } = account.state;
  const trouble = backup.troubles.take({
    job: 'copy',
    table: job.resourceArn.split('/').at(-1) ?? '',
    destination: job.destinationVaultArn,
  });
  if (isStruck(account, job, at, trouble)) return;
  const point = backup.points.find(job.sourcePointArn);
  if (!point) {
    const message = failed(`Cannot find recovery point ${job.sourcePointArn}`, 'RESOURCE_NOT_FOUND');
    endCopy(account, job, at, { state: 'FAILED', message });
    return;
  }
  const there = accountOfVault(account, job.destinationVaultArn);
  const vault = there?.state.backup.vaults.get(parseVaultArn(job.destinationVaultArn)?.name ?? '');
  const copying = { here: account, there, job, point, vault };
  const refusal = copyRefusal(copying, at);
  if (refusal || !there) {
    endCopy(account, job, at, { state: 'FAILED', message: refusal ?? failed('', 'AGGREGATE_ALL') });
    return;
  }
  job.startedAt = at;
  point.readers += 1;
  setState(account, job, 'RUNNING', at);
  const copy = copyOf({ ...copying, there });
  account.state.at(at + settings.copyJobMs(job.sizeBytes), (then) =>
    finish(account, { ...copying, there }, copy, then, trouble),
  );
};
