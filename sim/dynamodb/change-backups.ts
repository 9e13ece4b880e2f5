import type { SimAccount } from '../account.ts';
import { type Caller, CONSOLE } from '../call.ts';
import type { BackupType } from '../ledger.ts';
import { createRandom, seedOf } from '../random.ts';
import type { Backup } from './backup-index.ts';
import type { Item } from './items/item-engine.ts';
import type { Table } from './table.ts';

/** What a new backup is made of; all times are instants. */
export interface NewBackup {
  readonly name: string;
  readonly type: BackupType;
  readonly createdAt: number;
  readonly availableAt: number;
  readonly expiresAt?: number;
  /** When it appeared, where that is not now. */
  readonly appearedAt?: number;
  readonly items?: Promise<readonly Item[]> | undefined;
}

const DAY_MS = 86_400_000;
const SYSTEM_BACKUP_DAYS = 35;
const SYSTEM_SUFFIX = '00000000';

/** Of what is backed up and not of how many calls came before, so that calls under way at once leave the same ARNs in every order. */
const backupArn = (account: SimAccount, table: Table, { type, name, createdAt }: NewBackup): string => {
  const start = `${table.arn}/backup/${String(createdAt).padStart(14, '0')}-`;
  if (type === 'SYSTEM') return start + SYSTEM_SUFFIX;
  for (let twin = 0; ; twin += 1) {
    const arn = start + createRandom(seedOf(`${table.id} ${createdAt} ${name} ${twin}`)).hex(8);
    if (account.state.backups.get(arn) === undefined) return arn;
  }
};

const factsOf = (backup: Backup, at: number) => ({
  at,
  arn: backup.arn,
  name: backup.name,
  tableName: backup.table.name,
  tableId: backup.table.id,
  type: backup.type,
  createdAt: backup.createdAt,
});

/** Adds a backup of a table. The ledger does not know of it yet. */
export const placeBackup = (account: SimAccount, table: Table, made: NewBackup): Backup => {
  const { name, arn, id, createdAt, timeToLive } = table;
  const backup: Backup = {
    arn: backupArn(account, table, made),
    name: made.name,
    type: made.type,
    createdAt: made.createdAt,
    availableAt: made.availableAt,
    ...(made.expiresAt === undefined ? {} : { expiresAt: made.expiresAt }),
    sizeBytes: table.sizeBytes,
    itemCount: table.itemCount,
    census: table.census,
    table: { name, arn, id, createdAt, timeToLive },
    definition: table.definition,
    items: made.items,
    restoringTo: undefined,
    isGone: false,
  };
  account.state.backups.add(backup);
  return backup;
};

/** Adds a backup of a table and writes it to the ledger. */
export const addBackup = (account: SimAccount, table: Table, made: NewBackup, by: Caller): Backup => {
  const backup = placeBackup(account, table, made);
  const { appearedAt = account.clock.now() } = made;
  account.state.ledger.write({ kind: 'recovery-point-made', ...factsOf(backup, appearedAt), by });
  return backup;
};

/** Takes a backup away and writes it to the ledger. */
export const removeBackup = (account: SimAccount, backup: Backup, by: Caller): void => {
  account.state.backups.remove(backup);
  account.state.ledger.write({ kind: 'recovery-point-deleted', ...factsOf(backup, account.clock.now()), by });
};

interface Deletion {
  readonly deletedAt: number;
  readonly appearedAt: number;
  readonly items: Promise<readonly Item[]> | undefined;
}

/** The last backup that DynamoDB itself makes of a deleted table with point-in-time recovery; it leaves after 35 days. */
export const deletionBackup = (
  account: SimAccount,
  table: Table,
  { deletedAt, appearedAt, items }: Deletion,
): void => {
  const expiresAt = deletedAt + SYSTEM_BACKUP_DAYS * DAY_MS;
  const backup = addBackup(
    account,
    table,
    {
      name: `${table.name}$DeletedTableBackup`,
      type: 'SYSTEM',
      createdAt: deletedAt,
      availableAt: deletedAt,
      expiresAt,
      appearedAt,
      items,
    },
    { ...CONSOLE, userAgent: 'dynamodb.amazonaws.com' },
  );
  account.state.at(expiresAt, (at) => {
    account.state.backups.remove(backup);
    account.state.ledger.write({ kind: 'recovery-point-gone', ...factsOf(backup, at) });
  });
};
