import type { GlobalSecondaryIndex, UpdateTableInput } from '@aws-sdk/client-dynamodb';
import { validationFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { TABLE_NAME_OR_ARN, validated } from '../validation.ts';
import { refuseUnlessActive } from './delete-table.ts';
import { createdTable } from './find.ts';
import type { Definition } from './table.ts';
import { tableShape } from './table-shape.ts';

const CONSTRAINTS = {
  TableName: TABLE_NAME_OR_ARN,
  BillingMode: { oneOf: ['PROVISIONED', 'PAY_PER_REQUEST'] },
} as const;

const changedIndexes = (
  definition: Definition,
  input: UpdateTableInput,
): Pick<Definition, 'globalSecondaryIndexes'> => {
  const updates = input.GlobalSecondaryIndexUpdates;
  if (!updates) return {};
  const dropped = new Set(updates.map((update) => update.Delete?.IndexName));
  const kept = (definition.globalSecondaryIndexes ?? []).filter((index) => !dropped.has(index.IndexName));
  const made = updates.flatMap((update): GlobalSecondaryIndex[] => (update.Create ? [update.Create] : []));
  return { globalSecondaryIndexes: [...kept, ...made] };
};

const changed = (definition: Definition, input: UpdateTableInput): Definition => ({
  ...definition,
  ...(input.AttributeDefinitions ? { attributeDefinitions: input.AttributeDefinitions } : {}),
  ...(input.BillingMode ? { billingMode: input.BillingMode } : {}),
  ...(input.ProvisionedThroughput ? { provisionedThroughput: input.ProvisionedThroughput } : {}),
  ...(input.OnDemandThroughput ? { onDemandThroughput: input.OnDemandThroughput } : {}),
  ...(input.StreamSpecification ? { stream: input.StreamSpecification } : {}),
  ...(input.SSESpecification ? { sse: input.SSESpecification } : {}),
  ...(input.TableClass ? { tableClass: input.TableClass } : {}),
  ...changedIndexes(definition, input),
});

export const updateTable: Operation = (context, raw) => {
  const { account, now } = context;
  const input = validated<UpdateTableInput>(raw, CONSTRAINTS);
  const table = createdTable(context, input.TableName ?? '');
  refuseUnlessActive(table, now);
  if (Object.keys(input).length < 2) {
    throw validationFailure(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
  }
  table.definition = changed(table.definition, input);
  table.deletionProtection = input.DeletionProtectionEnabled ?? table.deletionProtection;
  table.updatingUntil = now + account.state.settings.updateTableMs;
  return { TableDescription: tableShape(table, now) };
};
