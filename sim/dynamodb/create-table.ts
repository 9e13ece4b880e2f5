import type { CreateTableInput } from '@aws-sdk/client-dynamodb';
import { serviceFailure, validationFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { NEW_NAME, validated } from '../validation.ts';
import { refuseUnused, usedAttributes } from './attributes.ts';
import { addTable } from './change-tables.ts';
import { refuseKey } from './keys.ts';
import type { Definition } from './table.ts';
import { tableShape } from './table-shape.ts';
import { changeTags, readTags } from './tags.ts';
import { writePolicy } from './write-policy.ts';

const CONSTRAINTS = {
  TableName: NEW_NAME,
  KeySchema: { required: true, length: [1, 2] },
  AttributeDefinitions: { required: true },
  BillingMode: { oneOf: ['PROVISIONED', 'PAY_PER_REQUEST'] },
  TableClass: { oneOf: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] },
} as const;

const definitionOf = (input: CreateTableInput): Definition => ({
  attributeDefinitions: input.AttributeDefinitions ?? [],
  keySchema: input.KeySchema ?? [],
  billingMode: input.BillingMode ?? 'PROVISIONED',
  ...(input.ProvisionedThroughput ? { provisionedThroughput: input.ProvisionedThroughput } : {}),
  ...(input.OnDemandThroughput ? { onDemandThroughput: input.OnDemandThroughput } : {}),
  ...(input.GlobalSecondaryIndexes ? { globalSecondaryIndexes: input.GlobalSecondaryIndexes } : {}),
  ...(input.LocalSecondaryIndexes ? { localSecondaryIndexes: input.LocalSecondaryIndexes } : {}),
  ...(input.SSESpecification ? { sse: input.SSESpecification } : {}),
  ...(input.StreamSpecification ? { stream: input.StreamSpecification } : {}),
  ...(input.TableClass ? { tableClass: input.TableClass } : {}),
  ...(input.WarmThroughput ? { warmThroughput: input.WarmThroughput } : {}),
});

const refuseIncoherent = (definition: Definition): void => {
  const { billingMode, globalSecondaryIndexes = [] } = definition;
  usedAttributes(definition);
  refuseUnused(definition);
  const surplus = globalSecondaryIndexes.find(({ ProvisionedThroughput: throughput }) => throughput);
  if (billingMode === 'PAY_PER_REQUEST' && surplus) {
    throw validationFailure(
      `One or more parameter values were invalid: ProvisionedThroughput should not be specified for index: ${surplus.IndexName} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  if (billingMode === 'PROVISIONED' && !definition.provisionedThroughput) {
    throw validationFailure(
      'One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
};

export const createTable: Operation = (context, raw) => {
  const { account, caller, now } = context;
  const input = validated<CreateTableInput>(raw, CONSTRAINTS);
  const definition = definitionOf(input);
  refuseIncoherent(definition);
  refuseKey(account, definition.sse);
  const tags = readTags(input.Tags ?? []);
  const name = input.TableName ?? '';
  if (account.state.tables.get(name)) {
    throw serviceFailure('ResourceInUseException', `Table already exists: ${name}`);
  }
  const { createTableMs, backupsEnabledMs, tagLagMs } = account.state.settings;
  const activeAt = now + createTableMs;
  const times = { createdAt: now, activeAt, backupsReadyAt: activeAt + backupsEnabledMs };
  const deletionProtection = input.DeletionProtectionEnabled ?? false;
  const table = addTable(account, { name, definition, deletionProtection, ...times }, caller);
  changeTags(account, table, tags, tagLagMs);
  if (input.ResourcePolicy !== undefined) writePolicy(account, table.arn, input.ResourcePolicy);
  return { TableDescription: tableShape(table, now, account.state.settings) };
};
