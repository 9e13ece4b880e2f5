import { POLICY_MARK, readMark } from '../../truth/vault-marks.ts';
import type { RunRecord } from '../../world/record.ts';

const LISTS = new Set([
  'ListBackupJobs',
  'ListBackupVaults',
  'ListCopyJobs',
  'ListRecoveryPointsByBackupVault',
]);

interface Input {
  readonly RecoveryPointArn?: string | undefined;
  readonly RecoveryPointTags?: Readonly<Record<string, string>>;
  readonly ResourceArn?: string | undefined;
}

/** A job that was begun before is neither begun nor refused again. */
const ofJob = ({ RecoveryPointTags, ResourceArn = '' }: Input, { later }: RunRecord): string | undefined => {
  const mark = readMark(RecoveryPointTags?.[POLICY_MARK] ?? '');
  const table = ResourceArn.split('/').at(-1);
  const isBegun = later.vaults.jobs.some(
    ({ job, policy, slot }) => job.tableName === table && policy === mark?.policy && slot === mark.slot,
  );
  return isBegun || mark === undefined ? undefined : `backups-failing/${table}/${mark.policy}`;
};

/** What a lock, a legal hold or the vault's policy keeps is asked for again in a week, and is no failure. */
const ofDeletion = ({ RecoveryPointArn }: Input, { before, deleted }: RunRecord): string | undefined => {
  const point = before.vaults.points.find(({ arn }) => arn === RecoveryPointArn);
  const isDone = deleted.some(({ arn }) => arn === RecoveryPointArn);
  return isDone || point === undefined || point.isBarred ? undefined : `expiries-failing/${point.policy}`;
};

/** Tags are read where it is not known whose a recovery point is, and once more before it is deleted. */
const ofTags = ({ ResourceArn }: Input, run: RunRecord): string | undefined => {
  const isDue = run.report?.plan.actions.some(
    (action) => action.kind === 'expire' && action.recoveryPoint.id === ResourceArn,
  );
  return isDue === true ? ofDeletion({ RecoveryPointArn: ResourceArn }, run) : 'observation-gap/vaults';
};

/** The finding that must reach a person when this call of AWS Backup has failed for good; undefined where there is none. */
export const vaultFindingOf = (operation: string, body: string, run: RunRecord): string | undefined => {
  if (operation === 'ListTags') return ofTags(JSON.parse(body) as Input, run);
  if (LISTS.has(operation)) return 'observation-gap/vaults';
  if (operation === 'StartBackupJob') return ofJob(JSON.parse(body) as Input, run);
  const isOfDeletion = operation === 'DeleteRecoveryPoint' || operation === 'DescribeRecoveryPoint';
  return isOfDeletion ? ofDeletion(JSON.parse(body) as Input, run) : undefined;
};
