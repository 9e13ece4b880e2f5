import { type Definition, type LiveStatus, statusOf, type Table } from './table.ts';

/** The wire's instants: seconds, with milliseconds behind the point. */
export const seconds = (instant: number): number => instant / 1000;

export const throughputOf = (throughput: Definition['provisionedThroughput']) => ({
  NumberOfDecreasesToday: 0,
  ReadCapacityUnits: throughput?.ReadCapacityUnits ?? 0,
  WriteCapacityUnits: throughput?.WriteCapacityUnits ?? 0,
});

const describeIndexes = (table: Table, status: LiveStatus) => {
  const { globalSecondaryIndexes, localSecondaryIndexes } = table.definition;
  const facts = (indexName: string | undefined) => ({
    IndexArn: `${table.arn}/index/${indexName}`,
    IndexSizeBytes: 0,
    ItemCount: 0,
  });
  const global = globalSecondaryIndexes?.map((index) => ({
    ...index,
    ...facts(index.IndexName),
    IndexStatus: status === 'CREATING' ? 'CREATING' : 'ACTIVE',
    ProvisionedThroughput: throughputOf(index.ProvisionedThroughput),
  }));
  const local = localSecondaryIndexes?.map((index) => ({ ...index, ...facts(index.IndexName) }));
  return {
    ...(global?.length ? { GlobalSecondaryIndexes: global } : {}),
    ...(local?.length ? { LocalSecondaryIndexes: local } : {}),
  };
};

const describeExtras = ({ arn, createdAt, definition }: Table) => {
  const { billingMode, onDemandThroughput, sse, stream, tableClass } = definition;
  const label = new Date(createdAt).toISOString().slice(0, 23);
  return {
    ...(billingMode === 'PAY_PER_REQUEST' ? { BillingModeSummary: { BillingMode: billingMode } } : {}),
    ...(onDemandThroughput ? { OnDemandThroughput: onDemandThroughput } : {}),
    ...(sse?.Enabled
      ? { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: sse.KMSMasterKeyId } }
      : {}),
    ...(stream?.StreamEnabled
      ? { StreamSpecification: stream, LatestStreamLabel: label, LatestStreamArn: `${arn}/stream/${label}` }
      : {}),
    ...(tableClass ? { TableClassSummary: { TableClass: tableClass } } : {}),
  };
};

/** The origin of a restored table shows only while the restore runs. */
const describeRestore = (table: Table, status: LiveStatus) => {
  const origin = table.restoredFrom;
  if (!origin || status !== 'CREATING') return {};
  return {
    RestoreSummary: {
      ...(origin.sourceBackupArn ? { SourceBackupArn: origin.sourceBackupArn } : {}),
      SourceTableArn: origin.sourceTableArn,
      RestoreDateTime: seconds(origin.restoreAt),
      RestoreInProgress: true,
    },
  };
};

export const tableShape = (table: Table, now: number): object => {
  const status = statusOf(table, now);
  return {
    AttributeDefinitions: table.definition.attributeDefinitions,
    TableName: table.name,
    KeySchema: table.definition.keySchema,
    TableStatus: table.shownStatus ?? status,
    CreationDateTime: seconds(table.createdAt),
    ProvisionedThroughput: throughputOf(table.definition.provisionedThroughput),
    TableSizeBytes: table.sizeBytes,
    ItemCount: table.itemCount,
    TableArn: table.arn,
    TableId: table.id,
    DeletionProtectionEnabled: table.deletionProtection,
    ...describeExtras(table),
    ...describeIndexes(table, status),
    ...describeRestore(table, status),
  };
};
