import type { RestoreTableFromBackupInput } from '@aws-sdk/client-dynamodb';
import { serviceFailure, validationFailure } from '../failure.ts';
import type { Context } from '../operation.ts';
import { addTable } from './change-tables.ts';
import type { Item } from './items/item-engine.ts';
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

type Overrides = Omit<RestoreTableFromBackupInput, 'BackupArn' | 'TargetTableName'>;

interface Named {
  readonly IndexName?: string | undefined;
}

/** Some of the indexes, none, or all; never a new one. */
const chosen = <I extends Named>(
  recorded: readonly I[],
  override: readonly Named[] | undefined,
): readonly I[] => {
  if (!override) return recorded;
  const names = new Set(override.map((index) => index.IndexName));
  const kept = recorded.filter((index) => names.has(index.IndexName));
  if (kept.length < names.size) {
    throw validationFailure(
      'One or more parameter values were invalid: an index override names an index that the source does not have',
    );
  }
  return kept;
};

const throughputOf = (
  source: Definition,
  overrides: Overrides,
): Pick<Definition, 'billingMode' | 'provisionedThroughput'> => {
  const billingMode = overrides.BillingModeOverride ?? source.billingMode;
  const asked = overrides.ProvisionedThroughputOverride;
  if (asked && billingMode !== 'PROVISIONED') {
    throw validationFailure(
      'ProvisionedThroughputOverride can only be specified when the billing mode is PROVISIONED',
    );
  }
  const throughput = asked ?? source.provisionedThroughput;
  if (billingMode === 'PROVISIONED' && !throughput) {
    throw validationFailure(
      'ProvisionedThroughputOverride must be specified when the billing mode is PROVISIONED',
    );
  }
  return {
    billingMode,
    ...(throughput && billingMode === 'PROVISIONED' ? { provisionedThroughput: throughput } : {}),
  };
};

/** What a restored table is: streams and table class are not brought back. */
export const restoredDefinition = (source: Definition, overrides: Overrides): Definition => {
  const { stream: _stream, tableClass: _tableClass, provisionedThroughput: _throughput, ...kept } = source;
  const sse = overrides.SSESpecificationOverride ?? source.sse;
  const onDemandThroughput = overrides.OnDemandThroughputOverride ?? source.onDemandThroughput;
  return {
    ...kept,
    ...throughputOf(source, overrides),
    globalSecondaryIndexes: chosen(
      source.globalSecondaryIndexes ?? [],
      overrides.GlobalSecondaryIndexOverride,
    ),
    localSecondaryIndexes: chosen(source.localSecondaryIndexes ?? [], overrides.LocalSecondaryIndexOverride),
    ...(sse ? { sse } : {}),
    ...(onDemandThroughput ? { onDemandThroughput } : {}),
  };
};

/** What a restored table is made of. */
export interface Restore {
  readonly targetName: string;
  readonly definition: Definition;
  readonly origin: RestoreOrigin;
  readonly sizeBytes: number;
  readonly itemCount: number;
  readonly items: Promise<readonly Item[]> | undefined;
}

/** Starts a restore: CREATING for some minutes, whatever the size, without tags, time to live, PITR or protection. */
export const startRestore = ({ account, caller, now }: Context, restore: Restore): Table => {
  const { random, settings, items } = account.state;
  const activeAt = now + random.between(...settings.restoreMs);
  const { targetName: name, definition, sizeBytes, itemCount, origin } = restore;
  const times = { createdAt: now, activeAt, backupsReadyAt: activeAt + settings.backupsEnabledMs };
  const facts = { name, definition, sizeBytes, itemCount, restoredFrom: origin };
  const table = addTable(account, { ...facts, ...times }, caller);
  if (restore.items) items.fill(table, restore.items);
  return table;
};
