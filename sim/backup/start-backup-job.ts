import type { SimAccount } from '../account.ts';
import { vaultArn } from '../arn.ts';
import type { Input } from '../call.ts';
import type { Operation } from '../operation.ts';
import { announce } from './announce.ts';
import { invalidParameter, invalidRequest, notFound } from './failures.ts';
import { lifecycleIn, numberIn, requiredText, tagsIn, vaultNameIn } from './input.ts';
import type { BackupJob } from './jobs.ts';
import { enqueueBackup } from './new-backup-job.ts';
import { roleIn } from './role-input.ts';
import { jobOfToken, rememberToken } from './tokens.ts';
import { secondsOf } from './vault-shape.ts';

const TABLE = /^arn:aws:dynamodb:([^:]+):(\d{12}):table\/([a-zA-Z0-9_.-]{3,255})$/;
const MIN_START_MINUTES = 60;
const MAX_MINUTES = 52_560_000;

const tableIn = (account: SimAccount, input: Input): string => {
  const arn = requiredText(input, 'ResourceArn');
  if (!arn.startsWith('arn:')) throw invalidParameter(`Invalid ARN: ${arn}`);
  const [, region, accountId, name = ''] = TABLE.exec(arn) ?? [];
  if (region === undefined) throw invalidParameter(`${arn} is of an unsupported resource type`);
  if (region !== account.region || accountId !== account.accountId) {
    throw invalidParameter(`Resource ${arn} is not in this account and Region`);
  }
  return name;
};

const windowsIn = (input: Input): { readonly startMinutes?: number; readonly completeMinutes?: number } => {
  const startMinutes = numberIn(input, 'StartWindowMinutes');
  const completeMinutes = numberIn(input, 'CompleteWindowMinutes');
  if (startMinutes !== undefined && (startMinutes < MIN_START_MINUTES || startMinutes > MAX_MINUTES)) {
    throw invalidParameter(`StartWindowMinutes must be between ${MIN_START_MINUTES} and ${MAX_MINUTES}`);
  }
  if (completeMinutes !== undefined && (completeMinutes < 1 || completeMinutes > MAX_MINUTES)) {
    throw invalidParameter(`CompleteWindowMinutes must be between 1 and ${MAX_MINUTES}`);
  }
  if (completeMinutes !== undefined && completeMinutes <= (startMinutes ?? 480)) {
    throw invalidParameter('CompleteWindowMinutes must be greater than StartWindowMinutes');
  }
  return {
    ...(startMinutes === undefined ? {} : { startMinutes }),
    ...(completeMinutes === undefined ? {} : { completeMinutes }),
  };
};

/** A job on demand may switch on for the Region what its successors need. It has what was there before. */
const optIn = (account: SimAccount, now: number): void => {
  const { backup, settings } = account.state;
  const { optIn: before, management } = backup.regionSettings;
  if (!settings.jobsOptIn) return;
  if (!before.DynamoDB) {
    announce(account, now, 'Region Setting State Change', [], {
      ResourceTypeOptInPreference: { DynamoDB: true },
    });
  }
  if (!management?.DynamoDB) {
    announce(account, now, 'Region Setting State Change', [], {
      ResourceTypeManagementPreference: { DynamoDB: true },
    });
  }
  backup.regionSettings = {
    optIn: { ...before, DynamoDB: true },
    management: { ...management, DynamoDB: true },
  };
};

const refuse = (account: SimAccount, vaultName: string, tableName: string): void => {
  const { backup, settings, tables } = account.state;
  if (!backup.regionSettings.optIn.DynamoDB && !settings.jobsOptIn) {
    throw invalidRequest('DynamoDB is an unsupported resource type: the Region is not opted in to it');
  }
  if (!backup.vaults.has(vaultName) && settings.missingVaultJob === 'refused') {
    throw notFound(`Backup vault ${vaultArn(account, vaultName)} does not exist`);
  }
  if (!tables.get(tableName)) throw notFound('Table not found.');
};

const answered = (job: BackupJob): object => ({
  BackupJobId: job.id,
  ...(job.form === 'advanced' ? { RecoveryPointArn: job.pointArn } : {}),
  CreationDate: secondsOf(job.createdAt),
  IsParent: false,
});

export const startBackupJob: Operation = ({ account, now }, input) => {
  const vaultName = vaultNameIn(input);
  const tableName = tableIn(account, input);
  const iamRoleArn = roleIn(account, input);
  const windows = windowsIn(input);
  const lifecycle = lifecycleIn(input);
  const tags = tagsIn(input, 'RecoveryPointTags');
  const known = jobOfToken(account, 'Backup', input, (id) => account.state.backup.backupJobs.get(id));
  if (known) return answered(known);
  refuse(account, vaultName, tableName);
  const job = enqueueBackup(account, { tableName, vaultName, iamRoleArn, lifecycle, tags, ...windows });
  optIn(account, now);
  rememberToken(account, 'Backup', input, job.id);
  return answered(job);
};
