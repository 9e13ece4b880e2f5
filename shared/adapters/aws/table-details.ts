import { DescribeTableCommand, type DynamoDBClient, type TableDescription } from '@aws-sdk/client-dynamodb';
import type { TableDetails, TableStatus } from '../../model/table.ts';
import type { Reading } from '../../ports/inventory.ts';
import { incarnationOf } from './incarnation.ts';
import { readingOf } from './reading.ts';
import { statedCount, statedInstant } from './stated.ts';

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

const toDetails = (description: TableDescription): TableDetails | string => {
  const tableId = incarnationOf(description);
  const status = STATUSES.find((known) => known === description.TableStatus);
  const createdAt = statedInstant(description.CreationDateTime);
  if (tableId === undefined) return 'the answer has no TableId';
  if (status === undefined) return `the answer has the status ${description.TableStatus ?? 'none'}`;
  if (createdAt === undefined) return 'the answer has no CreationDateTime';
  const isRestored = typeof description.RestoreSummary === 'object' && description.RestoreSummary !== null;
  return {
    tableId,
    status,
    createdAt,
    sizeBytes: statedCount(description.TableSizeBytes) ?? 0,
    ...(isRestored && { restored: true as const }),
  };
};

/**
 * Given a table's name, returns what DescribeTable says of it. At the edge: missing where there is no such table; unreadable for an answer
 * that lacks what decisions rest on, or has a status this version does not know.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html (checked 2026-11-22)
 */
export const describeTable = (dynamodb: DynamoDBClient, table: string): Promise<Reading<TableDetails>> =>
  readingOf('DescribeTable', async () => {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: table }));
    return toDetails(Table ?? {});
  });
