import type { RestoreTableFromBackupInput } from '@aws-sdk/client-dynamodb';
import { serviceFailure, validationFailure } from '../failure.ts';
import type { Context } from '../operation.ts';
import { usedAttributes } from './attributes.ts';
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

export type Overrides = Omit<RestoreTableFromBackupInput, 'BackupArn' | 'TargetTableName'>;

interface Named {
  readonly IndexName?: string | undefined;
  readonly KeySchema?: readonly unknown[] | undefined;
  readonly Projection?: object | undefined;
}

const sortedText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(sortedText).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, each]) => `${name}:${sortedText(each)}`).join()}}`;
};

const isSameIndex = (a: Named, b: Named): boolean =>
  sortedText([a.KeySchema, a.Projection]) === sortedText([b.KeySchema, b.Projection]);

/** Some of the indexes, none, or all, with the capacity that is given for each; never a new one. */
const chosen = <I extends Named>(
  recorded: readonly I[],
  override: readonly Named[] | undefined,
): readonly I[] => {
  if (!override) return recorded;
  return override.map((asked) => {
    const index = recorded.find(({ IndexName }) => IndexName === asked.IndexName);
    if (index && isSameIndex(index, asked)) return { ...index, ...asked } as I;
    throw validationFailure(
      'One or more parameter values were invalid: an index override names an index that the source does not have',
    );
  });
};

/** Capacity is for provisioned tables alone, and each index of one has its own: that of the table where nothing else is known. */
const withCapacity = (
  indexes: NonNullable<Definition['globalSecondaryIndexes']>,
  { billingMode, provisionedThroughput }: Pick<Definition, 'billingMode' | 'provisionedThroughput'>,
) =>
  indexes.map(({ ProvisionedThroughput: own, ...index }) => {
    if (billingMode !== 'PROVISIONED') return index;
    const throughput = own ?? provisionedThroughput;
    return { ...index, ...(throughput && { ProvisionedThroughput: throughput }) };
  });

const refuseSurplus = (billingMode: string, overrides: Overrides): void => {
  const surplus = overrides.GlobalSecondaryIndexOverride?.find(
    ({ ProvisionedThroughput }) => ProvisionedThroughput,
  );
  if (billingMode !== 'PAY_PER_REQUEST' || !surplus) return;
  throw validationFailure(
    `One or more parameter values were invalid: ProvisionedThroughput should not be specified for index: ${surplus.IndexName} when BillingMode is PAY_PER_REQUEST`,
  );
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

/** What a restored table is: streams, table class and what it was warm for are not brought back. */
export const restoredDefinition = (source: Definition, overrides: Overrides): Definition => {
  const {
    stream: _stream,
    tableClass: _tableClass,
    warmThroughput: _warm,
    provisionedThroughput: _throughput,
    onDemandThroughput: _onDemand,
    ...kept
  } = source;
  const sse = overrides.SSESpecificationOverride ?? source.sse;
  const capacity = throughputOf(source, overrides);
  refuseSurplus(capacity.billingMode, overrides);
  const onDemand = overrides.OnDemandThroughputOverride ?? source.onDemandThroughput;
  const global = chosen(source.globalSecondaryIndexes ?? [], overrides.GlobalSecondaryIndexOverride);
  return usedAttributes({
    ...kept,
    ...capacity,
    globalSecondaryIndexes: withCapacity(global, capacity),
    localSecondaryIndexes: chosen(source.localSecondaryIndexes ?? [], overrides.LocalSecondaryIndexOverride),
    ...(sse ? { sse } : {}),
    ...(onDemand && capacity.billingMode === 'PAY_PER_REQUEST' ? { onDemandThroughput: onDemand } : {}),
  });
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
