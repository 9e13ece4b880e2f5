import type { SimAccount } from '../account.ts';
import { parseBackupArn, tableNameOf } from '../arn.ts';
import { serviceFailure, validationFailure } from '../failure.ts';
import type { Context } from '../operation.ts';
import type { Backup } from './backup-index.ts';
import { statusOf, type Table } from './table.ts';

const findTable = ({ account }: Context, nameOrArn: string): Table | undefined =>
  account.state.tables.get(tableNameOf(nameOrArn));

/** For the operations of tables: one that is being created counts. */
export const existingTable = (context: Context, nameOrArn: string): Table => {
  const table = findTable(context, nameOrArn);
  const name = tableNameOf(nameOrArn);
  if (!table) {
    throw serviceFailure(
      'ResourceNotFoundException',
      `Requested resource not found: Table: ${name} not found`,
    );
  }
  return table;
};

/** For tags, time to live and changes: one that is being created is not there yet. */
export const createdTable = (context: Context, nameOrArn: string): Table => {
  const table = existingTable(context, nameOrArn);
  if (statusOf(table, context.now) === 'CREATING') {
    const message = `Requested resource not found: Table: ${table.name} not found`;
    throw serviceFailure('ResourceNotFoundException', message);
  }
  return table;
};

/** Finds a table for backups and point-in-time recovery, which answer the same for one that is missing and one that is being created. */
export const restorableTable = (context: Context, nameOrArn: string): Table => {
  const table = findTable(context, nameOrArn);
  if (!table || statusOf(table, context.now) === 'CREATING') {
    throw serviceFailure('TableNotFoundException', `Table not found: ${tableNameOf(nameOrArn)}`);
  }
  return table;
};

/** Right after a table turned ACTIVE, backups of it are not possible yet. */
export const refuseWhileBackupsAreEnabled = (context: Context, table: Table): void => {
  if (context.now >= table.backupsReadyAt) return;
  const message = `Backups are being enabled for the table: ${table.name}. Please retry later`;
  throw serviceFailure('ContinuousBackupsUnavailableException', message);
};

const refuseForeign = (account: SimAccount, accountId: string, arn: string): void => {
  if (accountId === account.accountId) return;
  throw serviceFailure('AccessDeniedException', `Access to the resource ${arn} is denied.`);
};

/** A backup by its ARN. The Region written in the ARN does not matter: the one that is called does. Only a restore may take one from elsewhere. */
export const existingBackup = (
  { account }: Context,
  arn: string,
  options: { readonly elsewhere?: boolean } = {},
): Backup => {
  const parts = parseBackupArn(arn);
  if (parts?.partition !== 'aws' || parts.service !== 'dynamodb') {
    throw validationFailure('BackupArn is not valid');
  }
  if (parts.backupId === undefined) throw validationFailure('Invalid Backup ARN');
  refuseForeign(account, parts.accountId, arn);
  const isElsewhere = options.elsewhere && parts.region !== account.region;
  const there = isElsewhere ? account.state.regions.get(parts.region) : undefined;
  const { region, accountId, state } = there ?? account;
  const here = `arn:aws:dynamodb:${region}:${accountId}:table/${parts.tableName}/backup/${parts.backupId}`;
  const backup = state.backups.get(here);
  if (!backup) throw serviceFailure('BackupNotFoundException', `Backup not found: ${arn}`);
  return backup;
};
