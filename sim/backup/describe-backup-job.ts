import type { SimAccount } from '../account.ts';
import type { Input } from '../call.ts';
import type { Operation } from '../operation.ts';
import { notFound } from './failures.ts';
import { requiredText } from './input.ts';
import { backupJobShape } from './job-shape.ts';
import type { BackupJob } from './jobs.ts';

export const existingBackupJob = ({ state }: SimAccount, input: Input): BackupJob => {
  const id = requiredText(input, 'BackupJobId');
  const job = state.backup.backupJobs.get(id);
  if (!job) throw notFound(`Cannot find backup job ${id}`);
  return job;
};

export const describeBackupJob: Operation = ({ account }, input) =>
  backupJobShape(account, existingBackupJob(account, input));
