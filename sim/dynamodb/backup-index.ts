import type { BackupType } from '../ledger.ts';
import { createSortedList, type SortedList } from '../sorted.ts';
import type { Item } from './items/item-engine.ts';
import type { Definition, Table } from './table.ts';
import type { ItemCensus } from './table-settings.ts';

/** One on-demand or SYSTEM backup. Instants are epoch milliseconds. */
export interface Backup {
  readonly arn: string;
  readonly name: string;
  readonly type: BackupType;
  readonly createdAt: number;
  readonly availableAt: number;
  readonly expiresAt?: number;
  readonly sizeBytes: number;
  readonly itemCount: number;
  /** As the table's. */
  readonly census: ItemCensus;
  readonly table: Pick<Table, 'arn' | 'createdAt' | 'id' | 'name' | 'timeToLive'>;
  readonly definition: Definition;
  /** The items, where the table had any that were written through the API. */
  readonly items: Promise<readonly Item[]> | undefined;
  /** The table that is being restored from it. */
  restoringTo: Table | undefined;
  isGone: boolean;
}

export interface BackupQuery {
  readonly tableName?: string;
  readonly types: readonly BackupType[];
  /** Inclusive. */
  readonly since: number;
  /** Exclusive. */
  readonly before: number;
  readonly after: { readonly createdAt: number; readonly arn: string } | undefined;
  readonly count: number;
}

/** All backups, found by ARN and listed by age in the time that a page takes. */
export interface BackupIndex {
  get(arn: string): Backup | undefined;
  add(backup: Backup): void;
  remove(backup: Backup): void;
  list(query: BackupQuery): Backup[];
  readonly size: number;
}

type Placed = Pick<Backup, 'arn' | 'createdAt'>;

const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
const byAge = (a: Placed, b: Placed): number => a.createdAt - b.createdAt || compareText(a.arn, b.arn);

type Lists = Map<BackupType, SortedList<Backup>>;

const listIn = (lists: Lists, type: BackupType): SortedList<Backup> => {
  const list = lists.get(type) ?? createSortedList<Backup>(byAge, (backup) => backup.isGone);
  lists.set(type, list);
  return list;
};

const page = (lists: Lists, query: BackupQuery): Backup[] => {
  const { after, since, before, count, types } = query;
  const start = after && after.createdAt >= since ? after : { createdAt: since, arn: '' };
  const position = (backup: Backup): number => byAge(backup, start);
  const isWanted = (backup: Backup): true | 'stop' => backup.createdAt < before || 'stop';
  const found = types.flatMap((type) => lists.get(type)?.after(position, count, isWanted) ?? []);
  return types.length === 1 ? found : found.sort(byAge).slice(0, count);
};

export const createBackupIndex = (): BackupIndex => {
  const byArn = new Map<string, Backup>();
  const everywhere: Lists = new Map();
  const byTable = new Map<string, Lists>();
  const listsOf = (backup: Backup): SortedList<Backup>[] => {
    const ofTable: Lists = byTable.get(backup.table.name) ?? new Map();
    byTable.set(backup.table.name, ofTable);
    return [listIn(everywhere, backup.type), listIn(ofTable, backup.type)];
  };
  return {
    get: (arn) => byArn.get(arn),
    add(backup) {
      byArn.set(backup.arn, backup);
      for (const list of listsOf(backup)) list.add(backup);
    },
    remove(backup) {
      backup.isGone = true;
      byArn.delete(backup.arn);
      for (const list of listsOf(backup)) list.noteGone();
    },
    list(query) {
      const lists = query.tableName === undefined ? everywhere : byTable.get(query.tableName);
      return lists ? page(lists, query) : [];
    },
    get size() {
      return byArn.size;
    },
  };
};
