import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import { type BackupJob, isGoingOn, type Job } from '../../model/job.ts';
import type { Memory } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policy } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { recoveryPointName } from '../../model/recovery-point-name.ts';
import type { Target } from '../../model/target.ts';
import { vaultArn } from '../../model/vault-arn.ts';
import type { KnownAttempt, VaultRecord } from '../../model/vault-record.ts';
import { latestSlot } from '../calendar/slots.ts';

/** A job in a state that nobody knows holds nothing up for longer. */
const UNKNOWN_MS = DAY_MS;

/** How long after a job completed its recovery point may be missing from a list. */
const LISTED_LATE_MS = HOUR_MS;

/** What is known of the jobs and records of tables in vaults, by table. */
export interface VaultSight {
  readonly jobsOf: (table: string) => readonly Job[];
  readonly recordOf: (table: string) => VaultRecord | undefined;
}

const NO_JOBS: readonly Job[] = [];

/** Groups what was read of jobs and what is remembered. */
export const vaultSight = (
  { jobs = [] }: Pick<Observation, 'jobs'>,
  { vaultRecords = [] }: Pick<Memory, 'vaultRecords'>,
): VaultSight => {
  const byTable = Map.groupBy(jobs, ({ table }) => table);
  const records = new Map(vaultRecords.map((record) => [record.recordedTable, record]));
  return { jobsOf: (table) => byTable.get(table) ?? NO_JOBS, recordOf: (table) => records.get(table) };
};

/** A table under a policy of a vault, as far as its jobs are concerned. */
export interface JobScope {
  readonly table: string;
  readonly policy: Policy;
  /** All policies that govern the table. */
  readonly governing: readonly Policy[];
  readonly target: Target;
  readonly latestSlot: Instant;
  /** Absent while the table is not confirmed. */
  readonly confirmed?: { readonly tableId: string; readonly createdAt: Instant } | undefined;
}

/** The ARN of the vault that a policy names; undefined for a policy of another engine. */
export const homeVaultOf = ({ vault }: Pick<Policy, 'vault'>, target: Target): string | undefined =>
  vault === undefined ? undefined : vaultArn({ target, name: vault.name });

/**
 * Lists the ARNs of the vaults at home that hold recovery points of a series, or will: that of its policy, and those that are remembered, because the
 * policy may have named another vault, or another engine, before.
 */
export const homeVaultsOf = (
  policy: Pick<Policy, 'name' | 'vault'>,
  record: VaultRecord | undefined,
  target: Target,
): readonly string[] => {
  const home = homeVaultOf(policy, target);
  const former = (record?.points ?? []).filter((point) => point.policy === policy.name);
  return [...new Set([...(home === undefined ? [] : [home]), ...former.map(({ vault }) => vault)])];
};

const isOwnBackup = (job: Job): job is BackupJob => job.kind === 'backup' && job.isOwn;

/** Whether nothing but this policy can have started an own job that nobody noted, in that vault. */
const isOnlyPolicy = ({ governing, policy, target }: JobScope, vault: string): boolean =>
  governing.every((one) => one === policy || homeVaultOf(one, target) !== vault);

const isOfIncarnation = ({ confirmed }: JobScope, job: BackupJob, noted: KnownAttempt | undefined): boolean =>
  confirmed === undefined ||
  (noted === undefined ? job.createdAt >= confirmed.createdAt : noted.tableId === confirmed.tableId);

/** An own job for the latest slot of a policy. */
export interface SlotJob {
  readonly job: BackupJob;
  /** Absent where the run that started it was killed before it noted that. */
  readonly noted?: KnownAttempt;
}

/**
 * Lists the jobs that this deployment started for the latest slot of a policy, oldest first: those it noted, and those that nobody noted and that
 * no other policy of the table can have asked for. A job of an earlier table of the name is none of them.
 */
export const slotJobs = (scope: JobScope, { jobsOf, recordOf }: VaultSight): readonly SlotJob[] => {
  const { latestSlot: slot, policy, table, target } = scope;
  const vault = homeVaultOf(policy, target);
  const attempts = new Map(recordOf(table)?.attempts?.map((one) => [one.jobId, one]));
  return jobsOf(table)
    .filter(isOwnBackup)
    .flatMap((job): readonly SlotJob[] => {
      const noted = attempts.get(job.id);
      if (!isOfIncarnation(scope, job, noted)) return [];
      if (noted !== undefined)
        return noted.policy === policy.name && noted.slot === slot ? [{ job, noted }] : [];
      const isOfSlot = job.vault === vault && latestSlot(policy, job.createdAt) === slot;
      return isOfSlot && isOnlyPolicy(scope, job.vault) ? [{ job }] : [];
    })
    .toSorted((a, b) => a.job.createdAt - b.job.createdAt || (a.job.id < b.job.id ? -1 : 1));
};

/** Counts the jobs that were begun for the latest slot of this table: those that are listed, or else those that were noted. */
export const attemptsOf = (
  { confirmed, latestSlot: slot, policy, table }: JobScope,
  jobs: readonly SlotJob[],
  { recordOf }: VaultSight,
): number => {
  const noted = (recordOf(table)?.attempts ?? []).filter(
    (one) => one.policy === policy.name && one.slot === slot && one.tableId === confirmed?.tableId,
  );
  return Math.max(jobs.length, ...noted.map(({ attempt }) => attempt));
};

/** Whether a job may still come to something: one in a state that nobody knows does for a day only. */
export const isUnderWay = ({ createdAt, state }: Pick<Job, 'createdAt' | 'state'>, now: Instant): boolean =>
  state === 'unknown' ? now - createdAt < UNKNOWN_MS : isGoingOn(state);

const isStillMaking = (job: BackupJob, now: Instant): boolean =>
  job.state === 'completed' ? now - (job.endedAt ?? job.createdAt) < LISTED_LATE_MS : isUnderWay(job, now);

/**
 * Returns the recovery points that own jobs are making for the latest slot and that no list shows yet: each fills its slot and counts for nothing.
 */
export const pointsBeingMade = (
  scope: JobScope & { readonly instance: string; readonly now: Instant },
  jobs: readonly SlotJob[],
  listed: ReadonlySet<string>,
): readonly RecoveryPoint[] => {
  const { confirmed, instance, latestSlot: slot, now, policy, table, target } = scope;
  const origin = { instance, policy: policy.name, slot };
  return jobs
    .filter(({ job }) => isStillMaking(job, now) && !listed.has(job.recoveryPointId ?? ''))
    .map(({ job, noted }) => ({
      id: job.recoveryPointId ?? job.id,
      name: recoveryPointName(origin),
      engine: 'aws-backup',
      location: { target, ...(policy.vault !== undefined && { vault: policy.vault.name }) },
      origin,
      job: job.id,
      tableName: table,
      tableId: noted?.tableId ?? confirmed?.tableId ?? '',
      createdAt: job.createdAt,
      status: 'creating',
      sizeBytes: 0,
    }));
};

/** Whether a job of anyone's has the table, so that AWS Backup would let another one wait: a copy only once it runs. */
export const hasTable = (job: Job, now: Instant): boolean =>
  job.kind === 'backup' ? isUnderWay(job, now) : job.state === 'running';
