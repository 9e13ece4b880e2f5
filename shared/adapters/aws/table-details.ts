import { DescribeTableCommand, type DynamoDBClient, type TableDescription } from '@aws-sdk/client-dynamodb';
import type { TableDetails, TableStatus } from '../../model/table.ts';
import type { TableKeys } from '../../ports/doctor.ts';
import type { Reading } from '../../ports/inventory.ts';
import { type ClientOptions, createDynamoDBClient } from './clients.ts';
import { readingOf, statedCount, statedInstant, statedList, statedText } from './reading.ts';
import { incarnationOf, parseTableArn } from './table-arn.ts';

const STATUSES: readonly TableStatus[] = [
  'ACTIVE',
  'ARCHIVED',
  'ARCHIVING',
  'CREATING',
  'DELETING',
  'INACCESSIBLE_ENCRYPTION_CREDENTIALS',
  'REPLICATION_NOT_AUTHORIZED',
  'UPDATING',
];

/** As `shape` of a table's settings reads it. */
const keyOf = ({ SSEDescription: sse }: TableDescription): string | undefined =>
  sse?.Status === 'DISABLED' || sse?.Status === 'DISABLING' ? undefined : statedText(sse?.KMSMasterKeyArn);

/** Those in other Regions than the table's own, which its ARN says. */
const replicasOf = ({ Replicas, TableArn }: TableDescription): readonly string[] => {
  const arn = parseTableArn(statedText(TableArn) ?? '');
  const own = typeof arn === 'object' ? arn.region : undefined;
  return (statedList(Replicas) ?? [])
    .flatMap(({ RegionName }) => statedText(RegionName) ?? [])
    .filter((region) => region !== own)
    .toSorted();
};

const toDetails = (description: TableDescription): TableDetails | string => {
  const tableId = incarnationOf(description);
  const status = STATUSES.find((known) => known === description.TableStatus);
  const createdAt = statedInstant(description.CreationDateTime);
  if (tableId === undefined) return 'the answer has no TableId';
  if (status === undefined) return `the answer has the status ${description.TableStatus ?? 'none'}`;
  if (createdAt === undefined) return 'the answer has no CreationDateTime';
  const isRestored = typeof description.RestoreSummary === 'object' && description.RestoreSummary !== null;
  const keyArn = keyOf(description);
  const archivalBackupArn = statedText(description.ArchivalSummary?.ArchivalBackupArn);
  const replicas = replicasOf(description);
  return {
    tableId,
    status,
    createdAt,
    sizeBytes: statedCount(description.TableSizeBytes) ?? 0,
    ...(archivalBackupArn !== undefined && { archivalBackupArn }),
    ...(keyArn !== undefined && { keyArn }),
    ...(replicas.length > 0 && { replicas }),
    ...(isRestored && { restored: true as const }),
  };
};

/**
 * Reads what DescribeTable says about a table. Returns `missing` if there is no such table; unreadable for a response that lacks what decisions need,
 * or has a status that this version does not know.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html (checked 2026-11-22)
 */
export const describeTable = (dynamodb: DynamoDBClient, table: string): Promise<Reading<TableDetails>> =>
  readingOf('DescribeTable', async () => {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: table }));
    return toDetails(Table ?? {});
  });

/**
 * Returns what reads the primary keys of tables. A part whose type the answer leaves out has the type `none`.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html (checked 2026-11-22)
 */
export const createTableKeys = (options: ClientOptions): TableKeys => {
  const client = createDynamoDBClient(options);
  return {
    read: (table) =>
      readingOf('DescribeTable', async () => {
        const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
        const types = new Map(
          statedList(Table?.AttributeDefinitions)?.map(({ AttributeName, AttributeType }) => [
            AttributeName,
            AttributeType,
          ]),
        );
        return (statedList(Table?.KeySchema) ?? []).map(({ AttributeName = 'none', KeyType = 'none' }) => ({
          name: AttributeName,
          role: KeyType,
          type: types.get(AttributeName) ?? 'none',
        }));
      }),
  };
};
