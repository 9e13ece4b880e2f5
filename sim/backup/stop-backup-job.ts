import type { Operation } from '../operation.ts';
import { abortBackup } from './backup-run.ts';
import { existingBackupJob } from './describe-backup-job.ts';
import { invalidRequest } from './failures.ts';
import { hasEnded } from './jobs.ts';

export const stopBackupJob: Operation = ({ account, now }, input) => {
  const job = existingBackupJob(account, input);
  if (hasEnded(job.state)) throw invalidRequest(`Backup job ${job.id} has ended and cannot be stopped`);
  if (job.state !== 'ABORTING') abortBackup(account, job, now);
  return {};
};
