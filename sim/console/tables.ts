import type { TableStatus } from '@aws-sdk/client-dynamodb';
import type { SimAccount } from '../account.ts';
import { tableNameOf } from '../arn.ts';
import { CONSOLE } from '../call.ts';
import { addTable, removeTable } from '../dynamodb/change-tables.ts';
import { changePitr } from '../dynamodb/pitr.ts';
import type { Definition, Table } from '../dynamodb/table.ts';
import { changeTags } from '../dynamodb/tags.ts';

/**
 * People at work in the console, and the past of a world. Neither rates nor faults nor lags apply, and the ledger
 * knows of all of it. A mistake, such as a table that is not there, throws.
 */

export interface ConsoleTable {
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly sizeBytes?: number;
  readonly itemCount?: number;
  /** On with 35 days, or with the period given. Off when absent. */
  readonly pitr?: boolean | { readonly recoveryPeriodDays: number };
  /** Now when absent. Point-in-time recovery has been on since then too. */
  readonly createdAt?: number;
  readonly deletionProtection?: boolean;
}

const PLAIN: Definition = {
  attributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  keySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  billingMode: 'PAY_PER_REQUEST',
};

/** The table of that name. */
export const tableOf = (account: SimAccount, name: string): Table => {
  account.state.settle();
  const table = account.state.tables.get(tableNameOf(name));
  if (!table) throw new Error(`There is no table ${name} in the simulated account.`);
  return table;
};

/** Makes a table that is ACTIVE at once, with a string key `pk`, on demand. */
export const createTable = (account: SimAccount, options: ConsoleTable): Table => {
  account.state.settle();
  if (account.state.tables.get(options.name)) throw new Error(`The table ${options.name} exists already.`);
  const createdAt = options.createdAt ?? account.clock.now();
  const times = { createdAt, activeAt: createdAt, backupsReadyAt: createdAt };
  const { name, sizeBytes = 0, itemCount = 0, deletionProtection = false, tags = {}, pitr } = options;
  const facts = { name, sizeBytes, itemCount, deletionProtection, definition: PLAIN };
  const table = addTable(account, { ...facts, ...times }, CONSOLE);
  changeTags(account, table, tags, 0);
  if (pitr) {
    const recoveryPeriodDays = typeof pitr === 'object' ? pitr.recoveryPeriodDays : undefined;
    changePitr(account, table, { enabled: true, recoveryPeriodDays }, CONSOLE);
    if (table.pitr) table.pitr = { ...table.pitr, enabledAt: createdAt, floor: createdAt };
  }
  return table;
};

/** Lets a table hold so much from now on. */
export const resizeTable = (account: SimAccount, name: string, sizeBytes: number): void => {
  tableOf(account, name).sizeBytes = sizeBytes;
};

/** Deletes a table, deletion protection or not: gone at once, a ghost in the tagging API, and a SYSTEM backup seconds later where PITR is on. */
export const deleteTable = (account: SimAccount, name: string): void =>
  removeTable(account, tableOf(account, name), 0, CONSOLE);

/** Adds tags; null takes one away. The services that list tags learn of it that much later. */
export const tagTable = (
  account: SimAccount,
  name: string,
  tags: Readonly<Record<string, string | null>>,
  lagMs = 0,
): void => {
  const table = tableOf(account, name);
  const merged = Object.entries({ ...table.tags, ...tags }).filter((entry) => entry[1] !== null);
  changeTags(account, table, Object.fromEntries(merged) as Record<string, string>, lagMs);
};

/** Switches point-in-time recovery. Off and on again loses the history and resets the period to 35 days unless given. */
export const setPitr = (
  account: SimAccount,
  name: string,
  wish: { readonly enabled: boolean; readonly recoveryPeriodDays?: number },
): void => changePitr(account, tableOf(account, name), wish, CONSOLE);

/** Switches deletion protection on or off. */
export const setDeletionProtection = (account: SimAccount, name: string, isOn: boolean): void => {
  tableOf(account, name).deletionProtection = isOn;
};

/** All tables that exist, by name. */
export const tablesOf = (account: SimAccount): readonly Table[] => {
  account.state.settle();
  const { tables } = account.state;
  return tables.namesAfter(undefined, tables.size).flatMap((name) => tables.get(name) ?? []);
};

/** Shows another status, such as INACCESSIBLE_ENCRYPTION_CREDENTIALS; undefined shows the true one again. Nothing else changes. */
export const setStatus = (account: SimAccount, name: string, status: TableStatus | undefined): void => {
  tableOf(account, name).shownStatus = status;
};

/** Holds the newest restorable moment that far back; five minutes is usual. */
export const setPitrLag = (account: SimAccount, name: string, lagMs: number): void => {
  tableOf(account, name).pitrLagMs = lagMs;
};
