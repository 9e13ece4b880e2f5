import type { UpdateTableInput } from '@aws-sdk/client-dynamodb';
import type { SimAccount } from '../account.ts';
import { validationFailure } from '../failure.ts';
import type { Context, Operation } from '../operation.ts';
import { TABLE_NAME_OR_ARN, validated } from '../validation.ts';
import { refuseUnlessActive } from './delete-table.ts';
import { createdTable } from './find.ts';
import { refuseKey } from './keys.ts';
import { changeReplicas } from './replicas.ts';
import { closeStream, openStream } from './streams.ts';
import { changeDefinition, type Definition, type Table } from './table.ts';
import { tableShape } from './table-shape.ts';
import { changedCapacity, changedWarmth } from './update-capacity.ts';
import { changedIndexes } from './update-indexes.ts';
import { type ChangeGroup, countChange, refuseTogether } from './update-limits.ts';

const CONSTRAINTS = {
  TableName: TABLE_NAME_OR_ARN,
  BillingMode: { oneOf: ['PROVISIONED', 'PAY_PER_REQUEST'] },
  TableClass: { oneOf: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] },
  MultiRegionConsistency: { oneOf: ['EVENTUAL', 'STRONG'] },
} as const;

const groupsOf = (input: UpdateTableInput): ReadonlySet<ChangeGroup> => {
  const updates = input.GlobalSecondaryIndexUpdates ?? [];
  const asked: Readonly<Record<ChangeGroup, boolean>> = {
    capacity:
      (input.ProvisionedThroughput ?? input.BillingMode ?? input.OnDemandThroughput) !== undefined ||
      updates.some(({ Update }) => Update),
    class: input.TableClass !== undefined,
    indexes: updates.some(({ Create, Delete }) => Create ?? Delete),
    protection: input.DeletionProtectionEnabled !== undefined,
    replicas: (input.ReplicaUpdates ?? input.GlobalTableWitnessUpdates) !== undefined,
    sse: input.SSESpecification !== undefined,
    stream: input.StreamSpecification !== undefined,
    'warm throughput': input.WarmThroughput !== undefined,
  };
  const groups = Object.keys(asked) as ChangeGroup[];
  return new Set(groups.filter((group) => asked[group]));
};

const refuseStream = (table: Table, { StreamSpecification: asked }: UpdateTableInput): void => {
  if (!asked) return;
  const isOn = table.definition.stream?.StreamEnabled === true;
  if (asked.StreamEnabled && isOn) {
    throw validationFailure(`Table already has an enabled stream: TableName: ${table.name}`);
  }
  if (!asked.StreamEnabled && !isOn) {
    throw validationFailure(`Table has no stream to disable: TableName: ${table.name}`);
  }
  if (asked.StreamEnabled && asked.StreamViewType === undefined) {
    throw validationFailure(
      'One or more parameter values were invalid: StreamViewType must be specified when StreamEnabled is true',
    );
  }
};

const withStream = (definition: Definition, { StreamSpecification: asked }: UpdateTableInput): Definition => {
  if (!asked) return definition;
  const { stream: _former, ...rest } = definition;
  return asked.StreamEnabled ? { ...rest, stream: asked } : rest;
};

const withEncryption = (
  account: SimAccount,
  table: Table,
  definition: Definition,
  { SSESpecification: asked }: UpdateTableInput,
): Definition => {
  if (!asked) return definition;
  refuseKey(account, asked);
  if (asked.Enabled) countChange(table, 'sse', account.clock.now());
  return { ...definition, sse: asked };
};

const withClass = (
  table: Table,
  definition: Definition,
  asked: UpdateTableInput,
  now: number,
): Definition => {
  const { TableClass: tableClass } = asked;
  if (tableClass === undefined || tableClass === (definition.tableClass ?? 'STANDARD')) return definition;
  countChange(table, 'class', now);
  return { ...definition, tableClass };
};

const changed = (context: Context, table: Table, input: UpdateTableInput): Definition => {
  const { account, now } = context;
  const capacity = changedCapacity(table, table.definition, input, now);
  const indexed = changedIndexes(context, { table, input, definition: capacity });
  const warmed = changedWarmth(withStream(indexed, input), input);
  const encrypted = withEncryption(account, table, warmed, input);
  return withClass(table, encrypted, input, now);
};

const switchStream = (
  { account, now }: Context,
  table: Table,
  { StreamSpecification: asked }: UpdateTableInput,
): void => {
  if (asked?.StreamEnabled === true) openStream(account.state, table, now);
  if (asked?.StreamEnabled === false) closeStream(account.state, table, now);
};

export const updateTable: Operation = (context, raw) => {
  const { account, now } = context;
  const input = validated<UpdateTableInput>(raw, CONSTRAINTS);
  const table = createdTable(context, input.TableName ?? '');
  refuseUnlessActive(table, now);
  const groups = groupsOf(input);
  if (groups.size === 0) {
    throw validationFailure(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
  }
  refuseTogether(groups, account.state.settings.updateTogether);
  refuseStream(table, input);
  const definition = changed(context, table, input);
  changeReplicas(context, table, input);
  changeDefinition(table, definition, now);
  switchStream(context, table, input);
  table.deletionProtection = input.DeletionProtectionEnabled ?? table.deletionProtection;
  table.updatingUntil = now + account.state.settings.updateTableMs;
  return { TableDescription: tableShape(table, now, account.state.settings) };
};
