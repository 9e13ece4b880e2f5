import { serviceFailure, validationFailure } from '../failure.ts';
import type { Context } from '../operation.ts';
import { addTable } from './change-tables.ts';
import type { Item } from './items/item-engine.ts';
import type { Overrides } from './restored-definition.ts';
import { type Definition, type RestoreOrigin, statusOf, type Table } from './table.ts';

const MAX_RESTORES = 50;

const isBeingRestored = (table: Table, now: number): boolean =>
  table.restoredFrom !== undefined && statusOf(table, now) === 'CREATING';

/** Refuses a target that exists, and more restores than run at once. */
export const refuseTarget = ({ account, now }: Context, targetName: string): void => {
  const existing = account.state.tables.get(targetName);
  if (existing && isBeingRestored(existing, now)) {
    const source = existing.restoredFrom?.sourceBackupArn ?? existing.restoredFrom?.sourceTableArn;
    const message = `Table: ${targetName} is already being restored from backup: ${source}`;
    throw serviceFailure('TableInUseException', message);
  }
  if (existing) throw serviceFailure('TableAlreadyExistsException', `Table already exists: ${targetName}`);
  const running = [...account.state.tables.all()].filter((table) => isBeingRestored(table, now)).length;
  if (running >= MAX_RESTORES) {
    const message = `Subscriber limit exceeded: Only ${MAX_RESTORES} restore operations can be done simultaneously`;
    throw serviceFailure('LimitExceededException', message);
  }
};

/** What a restored table is made of. */
export interface Restore {
  readonly targetName: string;
  readonly definition: Definition;
  readonly origin: RestoreOrigin;
  readonly sizeBytes: number;
  readonly itemCount: number;
  readonly items: Promise<readonly Item[]> | undefined;
  /** How long it may take, at the least and at the most. */
  readonly durationMs: readonly [min: number, max: number];
}

/** What a restore from another Region needs besides. */
export const refuseAcrossRegions = (from: string, to: string, overrides: Overrides): void => {
  if (from === to) return;
  const closed = [from, to].find((region) => region === 'ap-east-1' || region === 'me-south-1');
  if (closed !== undefined) {
    throw validationFailure(`Invalid Request: cross-region restores are not supported in ${closed}`);
  }
  if (overrides.SSESpecificationOverride === undefined) {
    throw validationFailure(
      'Invalid Request: sseSpecificationOverride must be provided for cross-region restores',
    );
  }
};

/** An empty maximum is answered with a failure although the restore has begun. */
export const refuseEmptyMaximum = (overrides: Overrides, table: Table): void => {
  const { OnDemandThroughputOverride: maximum } = overrides;
  if (maximum === undefined || Object.keys(maximum).length > 0) return;
  const source = table.restoredFrom?.sourceBackupArn ?? table.restoredFrom?.sourceTableArn;
  const message = `Table: ${table.name} is already being restored from backup: ${source}`;
  throw serviceFailure('TableInUseException', message);
};

/** Starts a restore: CREATING for some minutes, whatever the size, without tags, time to live, PITR or protection. */
export const startRestore = ({ account, caller, now }: Context, restore: Restore): Table => {
  const { random, settings, items } = account.state;
  const activeAt = now + random.between(...restore.durationMs);
  const { targetName: name, definition, sizeBytes, itemCount, origin } = restore;
  const times = { createdAt: now, activeAt, backupsReadyAt: activeAt + settings.backupsEnabledMs };
  const facts = { name, definition, sizeBytes, itemCount, restoredFrom: origin };
  const table = addTable(account, { ...facts, ...times }, caller);
  if (restore.items) items.fill(table, restore.items);
  for (const { IndexName } of settings.restoredIndexMs > 0 ? (definition.globalSecondaryIndexes ?? []) : []) {
    const until = activeAt + settings.restoredIndexMs;
    table.settings.indexWork.set(IndexName ?? '', { kind: 'build', isAdded: false, until });
  }
  return table;
};
