import type { GlobalSecondaryIndex, UpdateTableInput } from '@aws-sdk/client-dynamodb';
import { serviceFailure, validationFailure } from '../failure.ts';
import type { Context } from '../operation.ts';
import { usedAttributes } from './attributes.ts';
import { warmOf } from './index-shape.ts';
import type { Definition, Table } from './table.ts';

const invalid = (why: string): Error =>
  validationFailure(`One or more parameter values were invalid: ${why}`);

const ONE_AT_A_TIME =
  'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table';

type Updates = NonNullable<UpdateTableInput['GlobalSecondaryIndexUpdates']>;

const isUnderWay = (table: Table, now: number): boolean =>
  [...table.settings.indexWork.values()].some(({ kind, until }) => kind !== 'update' && now < until);

const refuseSecond = (table: Table, updates: Updates, now: number): void => {
  const structural = updates.filter(({ Create, Delete }) => Create ?? Delete);
  if (structural.length > 1 || (structural.length === 1 && isUnderWay(table, now))) {
    throw serviceFailure('LimitExceededException', ONE_AT_A_TIME);
  }
};

const named = (definition: Definition, name: string | undefined): GlobalSecondaryIndex => {
  const found = definition.globalSecondaryIndexes?.find(({ IndexName }) => IndexName === name);
  if (!found) throw serviceFailure('ResourceNotFoundException', 'Requested resource not found');
  return found;
};

const refuseCapacity = (definition: Definition, index: GlobalSecondaryIndex): void => {
  const { IndexName: name, ProvisionedThroughput: throughput } = index;
  if (definition.billingMode === 'PAY_PER_REQUEST' && throughput) {
    throw invalid(
      `ProvisionedThroughput should not be specified for index: ${name} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  if (definition.billingMode === 'PROVISIONED' && !throughput) {
    throw invalid(`ProvisionedThroughput must be specified for index: ${name}`);
  }
};

const refuseNew = (definition: Definition, created: GlobalSecondaryIndex): void => {
  const names = [
    ...(definition.globalSecondaryIndexes ?? []),
    ...(definition.localSecondaryIndexes ?? []),
  ].map(({ IndexName }) => IndexName);
  if (names.includes(created.IndexName)) {
    throw validationFailure('Attempting to create an index which already exists');
  }
  refuseCapacity(definition, created);
};

/** No member of what an index is warm for goes down. */
const refuseCooler = (
  { billingMode }: Definition,
  index: GlobalSecondaryIndex,
  asked: GlobalSecondaryIndex['WarmThroughput'],
): void => {
  const live = warmOf(billingMode, index);
  const wanted = { ...live, ...asked };
  const isLess =
    (wanted.ReadUnitsPerSecond ?? 0) < live.ReadUnitsPerSecond ||
    (wanted.WriteUnitsPerSecond ?? 0) < live.WriteUnitsPerSecond;
  if (isLess) throw invalid('decreasing WarmThroughput is not supported');
};

const withAttributes = (definition: Definition, input: UpdateTableInput): Definition => {
  const given = input.AttributeDefinitions ?? [];
  const names = new Set(given.map(({ AttributeName }) => AttributeName));
  const kept = definition.attributeDefinitions.filter(({ AttributeName }) => !names.has(AttributeName));
  return usedAttributes({ ...definition, attributeDefinitions: [...kept, ...given] });
};

interface Mutable {
  readonly table: Table;
  readonly input: UpdateTableInput;
  readonly definition: Definition;
}

/** The definition with the indexes changed as asked: one is created or deleted a call, any number gets other capacity. */
export const changedIndexes = (
  { account, now }: Context,
  { table, input, definition }: Mutable,
): Definition => {
  const updates = input.GlobalSecondaryIndexUpdates;
  if (!updates) return definition;
  refuseSecond(table, updates, now);
  let global = definition.globalSecondaryIndexes ?? [];
  const { indexBuildMs, updateTableMs } = account.state.settings;
  for (const { Create: created, Delete: deleted, Update: updated } of updates) {
    if (created) {
      refuseNew({ ...definition, globalSecondaryIndexes: global }, created as GlobalSecondaryIndex);
      global = [...global, created as GlobalSecondaryIndex];
      const until = now + updateTableMs + indexBuildMs;
      table.settings.indexWork.set(created.IndexName ?? '', { kind: 'build', isAdded: true, until });
    }
    if (deleted) {
      const index = named(definition, deleted.IndexName);
      global = global.filter((each) => each !== index);
    }
    if (updated) {
      const index = named(definition, updated.IndexName);
      refuseCooler(definition, index, updated.WarmThroughput);
      const { IndexName: _name, ...changes } = updated;
      global = global.map((each) => (each === index ? { ...each, ...changes } : each));
    }
  }
  return withAttributes({ ...definition, globalSecondaryIndexes: global }, input);
};
