import type { Item } from '../dynamodb/items/item-engine.ts';
import type { Definition, Tags } from '../dynamodb/table.ts';
import type { Lifecycle } from './lifecycle.ts';

/** Which rule of which plan asked for a job, as AWS shows it. Absent for what was asked for directly. */
export type CreatedBy = Readonly<Record<string, string>>;

/** What the point was made of. A copy has its source's. */
export interface PointSource {
  readonly tableArn: string;
  readonly tableName: string;
  readonly tableId: string;
  readonly definition: Definition;
  readonly sizeBytes: number;
  readonly itemCount: number;
  /** The items, where the table had any that were written through the API. */
  readonly items: Promise<readonly Item[]> | undefined;
}

/** One recovery point in a vault. Instants are epoch milliseconds. */
export interface RecoveryPoint {
  readonly arn: string;
  /** A point of the form that DynamoDB itself makes, with an ARN of its own and no tags; `advanced` where AWS Backup manages it whole. */
  readonly form: 'advanced' | 'plain';
  readonly vaultName: string;
  readonly source: PointSource;
  /** Of a copy that of its source. */
  readonly createdAt: number;
  readonly initiatedAt: number;
  completedAt: number | undefined;
  readonly iamRoleArn: string;
  readonly createdBy: CreatedBy | undefined;
  readonly encryptionKeyArn: string | undefined;
  /** Of a copy that came from another Region or account. */
  readonly sourceVaultArn?: string;
  lifecycle: Lifecycle | undefined;
  /** Counts changes of the lifecycle, so that what was due before is not done any more. */
  lifecycleVersion: number;
  tags: Tags;
  /** `ready` is shown as AVAILABLE or COMPLETED. */
  status: 'CREATING' | 'DELETING' | 'EXPIRED' | 'PARTIAL' | 'STOPPED' | 'ready';
  /** What is shown instead of it, such as a status that no model knows. */
  shownStatus: string | undefined;
  statusMessage: string | undefined;
  storage: 'COLD' | 'WARM';
  lastRestoredAt: number | undefined;
  /** How many restores and copies read it now. */
  readers: number;
}

/** What a point begins with besides what is the same for all. */
type PointStart = Omit<
  RecoveryPoint,
  'lastRestoredAt' | 'lifecycleVersion' | 'readers' | 'shownStatus' | 'statusMessage' | 'storage'
>;

export const startPoint = (start: PointStart): RecoveryPoint => ({
  ...start,
  lifecycleVersion: 0,
  shownStatus: undefined,
  statusMessage: undefined,
  storage: 'WARM',
  lastRestoredAt: undefined,
  readers: 0,
});

/** The recovery points of an account in a Region. */
export interface PointIndex {
  get(vaultName: string, arn: string): RecoveryPoint | undefined;
  /** In whichever vault it is. */
  find(arn: string): RecoveryPoint | undefined;
  add(point: RecoveryPoint): void;
  remove(point: RecoveryPoint): void;
  of(vaultName: string): readonly RecoveryPoint[];
  all(): Iterable<RecoveryPoint>;
  count(vaultName: string): number;
}

export const createPointIndex = (): PointIndex => {
  const byArn = new Map<string, RecoveryPoint>();
  const byVault = new Map<string, Set<RecoveryPoint>>();
  return {
    get(vaultName, arn) {
      const point = byArn.get(arn);
      return point?.vaultName === vaultName ? point : undefined;
    },
    find: (arn) => byArn.get(arn),
    add(point) {
      byArn.set(point.arn, point);
      const points = byVault.get(point.vaultName) ?? new Set();
      byVault.set(point.vaultName, points.add(point));
    },
    remove(point) {
      byArn.delete(point.arn);
      byVault.get(point.vaultName)?.delete(point);
    },
    of: (vaultName) => [...(byVault.get(vaultName) ?? [])],
    all: () => byArn.values(),
    count: (vaultName) => byVault.get(vaultName)?.size ?? 0,
  };
};
