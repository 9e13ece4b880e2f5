import { POLICY_MARK, readMark } from '../truth/vault-marks.ts';
import type { World } from './deployment.ts';
import type { CallRecord, Deleted, RunRecord, Scene } from './record.ts';
import { noteJobs } from './vault-log.ts';

interface Input {
  readonly BackupVaultName?: string;
  readonly DestinationBackupVaultArn?: string;
  readonly RecoveryPointArn?: string;
  readonly RecoveryPointTags?: Readonly<Record<string, string>>;
  readonly ResourceArn?: string;
}

const sentTo = (calls: readonly CallRecord[], operation: string): readonly Input[] =>
  calls.filter((call) => call.operation === operation).map(({ body }) => JSON.parse(body) as Input);

/** AWS Backup took the deletion, whether or not the run has heard of it. */
const deletedIn = (calls: readonly CallRecord[], before: Scene, after: Scene): readonly Deleted[] => {
  const still = new Map(after.vaults.points.map((point) => [point.arn, point.status]));
  const asked = new Set(
    sentTo(calls, 'DeleteRecoveryPoint').map(({ RecoveryPointArn }) => RecoveryPointArn ?? ''),
  );
  const own = new Map(before.vaults.points.map((point) => [point.arn, point]));
  return [...asked].flatMap((arn): readonly Deleted[] => {
    const point = own.get(arn);
    const facts = {
      kind: 'recovery-point-deleted',
      at: before.at,
      arn,
      by: { accessKeyId: '', userAgent: '', via: 'memory' },
    } as const;
    if (point === undefined)
      return [
        {
          ...facts,
          name: `a stranger's ${arn}`,
          tableName: '',
          tableId: '',
          type: 'AWS_BACKUP',
          createdAt: 0,
        },
      ];
    if (still.get(arn) === 'ready' || point.status !== 'ready') return [];
    const { createdAt, name, table } = point;
    return [{ ...facts, name, tableName: table.name, tableId: table.id, type: 'USER', createdAt }];
  });
};

/** What a run had AWS Backup do, as far as its calls and what the account knows agree. */
export const vaultWork = (
  world: World,
  calls: readonly CallRecord[],
  before: Scene,
  after: Scene,
): Pick<RunRecord, 'begun' | 'copied'> & { readonly deleted: readonly Deleted[] } => {
  const { places, vaultLog } = world;
  if (places === undefined) return { begun: [], copied: [], deleted: [] };
  const { copies, jobs } = noteJobs(places, vaultLog);
  const asked = sentTo(calls, 'StartBackupJob');
  const copied = sentTo(calls, 'StartCopyJob');
  return {
    begun: jobs.filter(({ job, policy, slot }) =>
      asked.some(({ RecoveryPointTags, ResourceArn }) => {
        const mark = readMark(RecoveryPointTags?.[POLICY_MARK] ?? '');
        return ResourceArn === job.resourceArn && mark?.policy === policy && mark.slot === slot;
      }),
    ),
    copied: copies.filter((job) =>
      copied.some(
        ({ DestinationBackupVaultArn, RecoveryPointArn }) =>
          DestinationBackupVaultArn === job.destinationVaultArn && RecoveryPointArn === job.sourcePointArn,
      ),
    ),
    deleted: deletedIn(calls, before, after),
  };
};
