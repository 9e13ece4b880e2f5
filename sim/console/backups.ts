import type { SimAccount } from '../account.ts';
import { CONSOLE } from '../call.ts';
import type { Backup } from '../dynamodb/backup-index.ts';
import { addBackup, removeBackup } from '../dynamodb/change-backups.ts';
import type { BackupType } from '../ledger.ts';
import { tableOf } from './tables.ts';

export interface ConsoleBackup {
  /** The table's name. */
  readonly table: string;
  readonly name: string;
  readonly type?: BackupType;
  /** Now when absent. */
  readonly createdAt?: number;
  /** When it turns AVAILABLE; `Infinity` leaves it CREATING for ever. */
  readonly availableAt?: number;
}

/** Backs a table up. One of the past is AVAILABLE as soon as its size says. */
export const createBackup = (account: SimAccount, options: ConsoleBackup): Backup => {
  const table = tableOf(account, options.table);
  const { name, type = 'USER', createdAt = account.clock.now() } = options;
  const availableAt = options.availableAt ?? createdAt + account.state.settings.backupMs(table.sizeBytes);
  const items = account.state.items.copyOf(table);
  return addBackup(account, table, { name, type, createdAt, availableAt, items }, CONSOLE);
};

/** Deletes a backup of any type. */
export const deleteBackup = (account: SimAccount, arn: string): void => {
  account.state.settle();
  const backup = account.state.backups.get(arn);
  if (!backup) throw new Error(`There is no backup ${arn} in the simulated account.`);
  removeBackup(account, backup, CONSOLE);
};

/** All backups that exist, of any type and status, oldest first. */
export const backupsOf = (account: SimAccount, tableName?: string): readonly Backup[] => {
  account.state.settle();
  return account.state.backups.list({
    ...(tableName === undefined ? {} : { tableName }),
    types: ['USER', 'SYSTEM', 'AWS_BACKUP'],
    since: Number.NEGATIVE_INFINITY,
    before: Number.POSITIVE_INFINITY,
    after: undefined,
    count: Number.POSITIVE_INFINITY,
  });
};
