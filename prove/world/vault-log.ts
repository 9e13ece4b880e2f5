import type { BackupJob, CopyJob } from '../../sim/backup/jobs.ts';
import { POLICY_MARK, readMark } from '../truth/vault-marks.ts';
import { JOB_ROLE, type Places } from './vaults.ts';

/** A job of a backup that Tablekeeper began, what for, and which table had the name then. */
export interface OwnJob {
  readonly job: BackupJob;
  readonly policy: string;
  readonly slot: number;
  readonly tableId: string;
}

/** What Tablekeeper has AWS Backup do, by the account's own word and for longer than AWS remembers it. */
export interface VaultLog {
  readonly jobs: Map<string, OwnJob>;
  readonly copies: Map<string, CopyJob>;
}

export const createVaultLog = (): VaultLog => ({ jobs: new Map(), copies: new Map() });

/** Notes the jobs that are new since it was last asked, and returns them. Nobody else has the role. */
export const noteJobs = ({ home }: Places, log: VaultLog) => {
  const { backup, tables } = home.state;
  home.state.settle();
  const jobs = [...backup.backupJobs.values()]
    .filter(({ id, iamRoleArn }) => iamRoleArn === JOB_ROLE && !log.jobs.has(id))
    .flatMap((job): readonly OwnJob[] => {
      const mark = readMark(job.tags[POLICY_MARK] ?? '');
      const tableId = mark?.tableId ?? tables.get(job.tableName)?.id ?? '';
      return mark === undefined ? [] : [{ job, tableId, policy: mark.policy, slot: mark.slot }];
    });
  const copies = [...backup.copyJobs.values()].filter(
    ({ id, iamRoleArn }) => iamRoleArn === JOB_ROLE && !log.copies.has(id),
  );
  for (const one of jobs) log.jobs.set(one.job.id, one);
  for (const job of copies) log.copies.set(job.id, job);
  return { jobs, copies };
};
