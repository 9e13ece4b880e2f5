import {
  CreateBackupVaultCommand,
  DescribeBackupJobCommand,
  DescribeRecoveryPointCommand,
  type DescribeRecoveryPointCommandOutput,
  ListRecoveryPointsByBackupVaultCommand,
  type RecoveryPointByBackupVault,
  StartBackupJobCommand,
  type StartBackupJobCommandInput,
} from '@aws-sdk/client-backup';
import type { AccountOptions } from '../../../sim/account.ts';
import { type ConsoleTable, createTable } from '../../../sim/console/tables.ts';
import { arnOf, DAY, simWorld } from '../world.ts';

export const ROLE = 'arn:aws:iam::111122223333:role/backups';
export const VAULT = 'main';
export const VAULT_ARN = `arn:aws:backup:us-east-1:111122223333:backup-vault:${VAULT}`;

/** An account with the vault `main` and the table `orders`. */
export const backupWorld = async (
  options: Partial<AccountOptions> = {},
  table: Partial<ConsoleTable> = {},
) => {
  const world = simWorld(options);
  const { account, backup, clock } = world;
  createTable(account, { name: 'orders', tags: { team: 'shop' }, ...table });
  await clock.advanceBy(DAY);
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: VAULT }));
  const start = (more: Partial<StartBackupJobCommandInput> = {}) =>
    backup.send(
      new StartBackupJobCommand({
        BackupVaultName: VAULT,
        ResourceArn: arnOf('orders'),
        IamRoleArn: ROLE,
        ...more,
      }),
    );
  const job = (BackupJobId = '') => backup.send(new DescribeBackupJobCommand({ BackupJobId }));
  const points = async (name = VAULT): Promise<readonly RecoveryPointByBackupVault[]> => {
    const listed = await backup.send(new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName: name }));
    return listed.RecoveryPoints ?? [];
  };
  const point = (RecoveryPointArn = ''): Promise<DescribeRecoveryPointCommandOutput> =>
    backup.send(new DescribeRecoveryPointCommand({ BackupVaultName: VAULT, RecoveryPointArn }));
  /** Starts a job, lets it end, and gives the ARN of its point. */
  const made = async (more: Partial<StartBackupJobCommandInput> = {}): Promise<string> => {
    const { BackupJobId } = await start(more);
    await clock.advanceBy(DAY / 24);
    const { RecoveryPointArn = '', State, StatusMessage } = await job(BackupJobId);
    if (State !== 'COMPLETED') throw new Error(`the job is ${State}: ${StatusMessage}`);
    return RecoveryPointArn;
  };
  return { ...world, start, job, points, point, made };
};
