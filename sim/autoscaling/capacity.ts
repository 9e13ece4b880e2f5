import type { SimAccount } from '../account.ts';
import { changeDefinition, type Definition, statusOf, type Table } from '../dynamodb/table.ts';
import { validationFailure } from '../failure.ts';
import type { Place, ScalableTarget } from './scaling.ts';

const RESOURCE_ID = /^table\/(?<table>[^/]+)(?:\/index\/(?<index>[^/]+))?$/;

/** The table that a place is in. Refuses one that is not there: a target cannot be registered before its table. */
export const tableAt = (account: SimAccount, { resourceId }: Place): Table => {
  const { table: name = '', index } = RESOURCE_ID.exec(resourceId)?.groups ?? {};
  const table = account.state.tables.get(name);
  if (!table) throw validationFailure(`DynamoDB table does not exist: ${resourceId}`);
  const hasIndex = table.definition.globalSecondaryIndexes?.some(({ IndexName }) => IndexName === index);
  if (index !== undefined && !hasIndex) {
    throw validationFailure(`DynamoDB index does not exist: ${resourceId}`);
  }
  return table;
};

type Throughput = NonNullable<Definition['provisionedThroughput']>;

const inside = (units: number | undefined, { minCapacity, maxCapacity }: ScalableTarget): number =>
  Math.min(maxCapacity, Math.max(minCapacity, units ?? minCapacity));

const scaled = (throughput: Throughput | undefined, target: ScalableTarget): Throughput => {
  const { ReadCapacityUnits: read, WriteCapacityUnits: write } = throughput ?? {};
  return target.dimension.endsWith('ReadCapacityUnits')
    ? { ReadCapacityUnits: inside(read, target), WriteCapacityUnits: write }
    : { ReadCapacityUnits: read, WriteCapacityUnits: inside(write, target) };
};

const isSame = (a: Throughput | undefined, b: Throughput | undefined): boolean =>
  a?.ReadCapacityUnits === b?.ReadCapacityUnits && a?.WriteCapacityUnits === b?.WriteCapacityUnits;

/** Moves the capacity of a provisioned table that is ACTIVE into the range at once; one in any other state stays as it is. */
export const moveIntoRange = (account: SimAccount, target: ScalableTarget): void => {
  const table = tableAt(account, target);
  const now = account.clock.now();
  const { definition } = table;
  if (definition.billingMode !== 'PROVISIONED' || statusOf(table, now) !== 'ACTIVE') return;
  const index = RESOURCE_ID.exec(target.resourceId)?.groups?.index;
  const global = definition.globalSecondaryIndexes ?? [];
  const before =
    index === undefined
      ? definition.provisionedThroughput
      : global.find(({ IndexName }) => IndexName === index)?.ProvisionedThroughput;
  const after = scaled(before, target);
  if (isSame(before, after)) return;
  const changed: Definition =
    index === undefined
      ? { ...definition, provisionedThroughput: after }
      : {
          ...definition,
          globalSecondaryIndexes: global.map((each) =>
            each.IndexName === index ? { ...each, ProvisionedThroughput: after } : each,
          ),
        };
  changeDefinition(table, changed, now);
  table.updatingUntil = now + account.state.settings.updateTableMs;
};
