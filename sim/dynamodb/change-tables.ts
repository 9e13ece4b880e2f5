import type { SimAccount } from '../account.ts';
import { tableArn } from '../arn.ts';
import type { Caller } from '../call.ts';
import { deletionBackup } from './change-backups.ts';
import { LATEST_LAG_MS } from './pitr.ts';
import { closeStream, openStream } from './streams.ts';
import type { Definition, RestoreOrigin, Table, Tags } from './table.ts';

/** What a new table is made of; all times are instants. */
export interface NewTable {
  readonly name: string;
  readonly definition: Definition;
  readonly createdAt: number;
  readonly activeAt: number;
  readonly backupsReadyAt: number;
  readonly tags?: Tags;
  readonly deletionProtection?: boolean;
  readonly sizeBytes?: number;
  readonly itemCount?: number;
  readonly restoredFrom?: RestoreOrigin;
}

const SYSTEM_BACKUP_AFTER_MS = [5_000, 10_000] as const;

const incarnate = (account: SimAccount, made: NewTable): Table => ({
  name: made.name,
  id: account.state.random.uuid(),
  arn: tableArn(account, made.name),
  createdAt: made.createdAt,
  activeAt: made.activeAt,
  ...(made.restoredFrom ? { restoredFrom: made.restoredFrom } : {}),
  definition: made.definition,
  formerDefinitions: [],
  settings: {
    kinesis: new Map(),
    insights: new Map(),
    replicas: [],
    witnesses: [],
    indexWork: new Map(),
    changes: new Map(),
  },
  streamArn: undefined,
  updatingUntil: 0,
  deletingSince: undefined,
  deletionProtection: made.deletionProtection ?? false,
  tags: made.tags ?? {},
  listedTags: made.tags ?? {},
  tagsLockedUntil: 0,
  timeToLive: undefined,
  pitr: undefined,
  pitrLagMs: LATEST_LAG_MS,
  shownStatus: undefined,
  archive: undefined,
  backupsReadyAt: made.backupsReadyAt,
  sizeBytes: made.sizeBytes ?? 0,
  itemCount: made.itemCount ?? 0,
  census: { at: made.activeAt, items: 0, bytes: 0 },
});

/** Adds a table and writes it to the ledger. */
export const addTable = (account: SimAccount, made: NewTable, by: Caller): Table => {
  const table = incarnate(account, made);
  account.state.tables.add(table);
  if (made.definition.stream?.StreamEnabled) openStream(account.state, table, account.clock.now());
  const facts = { at: account.clock.now(), tableName: table.name, tableId: table.id, by };
  const source = made.restoredFrom?.sourceBackupArn ?? made.restoredFrom?.sourceTableArn;
  account.state.ledger.write(
    source === undefined ? { kind: 'table-created', ...facts } : { kind: 'table-restored', ...facts, source },
  );
  return table;
};

const forget = (account: SimAccount, table: Table): void => {
  account.state.tables.remove(table);
  account.state.items.drop(table);
  closeStream(account.state, table, account.clock.now());
  for (const arn of account.state.resourcePolicies.keys()) {
    if (arn === table.arn || arn.startsWith(`${table.arn}/`)) account.state.resourcePolicies.delete(arn);
  }
};

/** Starts the deletion of a table: DELETING for that long, then gone; a SYSTEM backup follows where point-in-time recovery is on. */
export const removeTable = (account: SimAccount, table: Table, deletingMs: number, by: Caller): void => {
  const { state } = account;
  const now = account.clock.now();
  table.deletingSince = now;
  state.ledger.write({ kind: 'table-deleted', at: now, tableName: table.name, tableId: table.id, by });
  const items = table.pitr ? state.items.copyOf(table) : undefined;
  state.at(now + state.random.between(...SYSTEM_BACKUP_AFTER_MS), (appearedAt) => {
    if (table.pitr) deletionBackup(account, table, { deletedAt: now, appearedAt, items });
  });
  if (deletingMs > 0) state.at(now + deletingMs, () => forget(account, table));
  else forget(account, table);
  // The tagging API goes on showing it for hours.
  state.at(now + state.settings.ghostMs, () => state.tagIndex.remove(table.arn, table.id));
};
