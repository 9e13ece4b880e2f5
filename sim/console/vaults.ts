import type { SimAccount } from '../account.ts';
import { recoveryPointArn } from '../arn.ts';
import { addHold } from '../backup/change-legal-holds.ts';
import { erasePoint, recordPoint, scheduleLifecycle } from '../backup/change-points.ts';
import { addVault, type NewVault } from '../backup/create-backup-vault.ts';
import { freshId } from '../backup/fresh.ts';
import type { BackupJob, CopyJob } from '../backup/jobs.ts';
import type { HoldSelection, LegalHold } from '../backup/legal-holds.ts';
import { enqueueBackup, type NewBackupJob } from '../backup/new-backup-job.ts';
import { enqueueCopy, type NewCopyJob } from '../backup/new-copy-job.ts';
import { type CreatedBy, type RecoveryPoint, startPoint } from '../backup/points.ts';
import type { Vault, VaultLock } from '../backup/vaults.ts';
import { CONSOLE } from '../call.ts';
import { placeBackup } from '../dynamodb/change-backups.ts';
import { tableOf } from './tables.ts';

// AWS Backup as people at work set it up. Neither rates nor faults nor permissions apply.

const vaultOf = ({ state }: SimAccount, name: string): Vault => {
  state.settle();
  const vault = state.backup.vaults.get(name);
  if (!vault) throw new Error(`There is no backup vault ${name} in the simulated account.`);
  return vault;
};

/** Makes a vault, with an access policy and a lock where they are given. */
export const createVault = (
  account: SimAccount,
  options: NewVault & { readonly policy?: object; readonly lock?: VaultLock },
): Vault => {
  const vault = addVault(account, options);
  if (options.policy) vault.policy = JSON.stringify(options.policy);
  vault.lock = options.lock;
  return vault;
};

/** Sets an access policy, whatever AWS would say to it; undefined takes it away. */
export const setVaultPolicy = (account: SimAccount, name: string, policy: object | undefined): void => {
  vaultOf(account, name).policy = policy && JSON.stringify(policy);
};

/** Locks a vault, or takes the lock away even where nobody else can. */
export const setVaultLock = (account: SimAccount, name: string, lock: VaultLock | undefined): void => {
  vaultOf(account, name).lock = lock;
};

/** Takes a vault away, and all that is in it. */
export const destroyVault = (account: SimAccount, name: string): void => {
  vaultOf(account, name);
  const { points, vaults } = account.state.backup;
  for (const point of points.of(name)) erasePoint(account, point, account.clock.now(), CONSOLE);
  vaults.delete(name);
};

/** Deletes a recovery point, whatever keeps it from others. */
export const deletePoint = (account: SimAccount, arn: string): void => {
  account.state.settle();
  const point = account.state.backup.points.find(arn);
  if (!point) throw new Error(`There is no recovery point ${arn} in the simulated account.`);
  erasePoint(account, point, account.clock.now(), CONSOLE);
};

/** Starts a job as a plan of somebody's does, or on demand where no plan is named. */
export const startJob = (account: SimAccount, wish: NewBackupJob): BackupJob => {
  tableOf(account, wish.tableName);
  return enqueueBackup(account, wish);
};

/** Starts a copy as somebody else does. */
export const startCopy = (account: SimAccount, wish: NewCopyJob): CopyJob => {
  account.state.settle();
  return enqueueCopy(account, wish);
};

/** Puts a legal hold on what a selection takes in, at once; on everything when it is empty. */
export const placeLegalHold = (account: SimAccount, selection: HoldSelection = {}): LegalHold => {
  account.state.settle();
  return addHold(account, { title: 'hold', description: 'of the console', selection }, 0);
};

/** What AWS shows of a job or point that a plan of that name made. */
export const planOf = ({ accountId, region }: SimAccount, name: string): CreatedBy => ({
  BackupPlanId: name,
  BackupPlanArn: `arn:aws:backup:${region}:${accountId}:backup-plan:${name}`,
  BackupPlanName: name,
  BackupPlanVersion: '1',
  BackupRuleId: 'rule-1',
  BackupRuleName: 'daily',
});

/** The vault's past: a point that has been ready since it was created. */
export interface ConsolePoint {
  readonly table: string;
  readonly vault: string;
  readonly iamRoleArn?: string;
  /** Now when absent. */
  readonly createdAt?: number;
  /** As the Region is set when absent. */
  readonly form?: RecoveryPoint['form'];
  readonly tags?: RecoveryPoint['tags'];
  readonly lifecycle?: RecoveryPoint['lifecycle'];
  readonly createdBy?: CreatedBy;
}

const arnOf = (account: SimAccount, options: ConsolePoint, createdAt: number): string => {
  const table = tableOf(account, options.table);
  const isTaken = (id: string): boolean =>
    account.state.backup.points.find(recoveryPointArn(account, id)) !== undefined;
  if (options.form !== 'plain') {
    return recoveryPointArn(account, freshId(`${table.id} ${options.vault} ${createdAt}`, isTaken));
  }
  const items = account.state.items.copyOf(table);
  const made = { name: 'console', type: 'AWS_BACKUP', createdAt, availableAt: createdAt, items } as const;
  return placeBackup(account, table, made).arn;
};

/** Puts a point into a vault. What its lifecycle says is done from now on. */
export const createPoint = (account: SimAccount, given: ConsolePoint): RecoveryPoint => {
  const { backup, items } = account.state;
  const vault = vaultOf(account, given.vault);
  const now = account.clock.now();
  const advanced = backup.regionSettings.management?.DynamoDB ? 'advanced' : 'plain';
  const options = { ...given, form: given.form ?? advanced };
  const createdAt = options.createdAt ?? now;
  const table = tableOf(account, options.table);
  const arn = arnOf(account, options, createdAt);
  const isPlain = options.form === 'plain';
  const point = startPoint({
    arn,
    form: options.form,
    vaultName: vault.name,
    source: {
      tableArn: table.arn,
      tableName: table.name,
      tableId: table.id,
      definition: table.definition,
      sizeBytes: table.sizeBytes,
      itemCount: table.itemCount,
      items: items.copyOf(table),
    },
    createdAt,
    initiatedAt: createdAt,
    completedAt: createdAt,
    iamRoleArn:
      options.iamRoleArn ?? `arn:aws:iam::${account.accountId}:role/service-role/AWSBackupDefaultServiceRole`,
    createdBy: options.createdBy,
    encryptionKeyArn: isPlain ? undefined : vault.encryptionKeyArn,
    lifecycle: options.lifecycle,
    tags: isPlain ? {} : (options.tags ?? table.tags),
    status: 'ready',
  });
  backup.points.add(point);
  recordPoint(account, point, now, CONSOLE);
  scheduleLifecycle(account, point, now);
  return point;
};

/** All points of a vault, or of all vaults, whatever their status. */
export const pointsOf = ({ state }: SimAccount, vault?: string): readonly RecoveryPoint[] => {
  state.settle();
  return vault === undefined ? [...state.backup.points.all()] : state.backup.points.of(vault);
};
