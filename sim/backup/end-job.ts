import type { SimAccount } from '../account.ts';
import type { Jobs } from './jobs.ts';

/** AWS Backup forgets a job this long after it has ended. */
const REMEMBERED_MS = 30 * 86_400_000;

/** Forgets a job that ended at that instant when its time has come. */
export const forgetLater = <J extends { readonly id: string }>(
  account: SimAccount,
  jobs: Jobs<J>,
  job: J,
  endedAt: number,
): void => account.state.at(endedAt + REMEMBERED_MS, () => void jobs.delete(job.id));
