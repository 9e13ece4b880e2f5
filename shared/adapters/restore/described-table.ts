import { DescribeTableCommand, type DynamoDBClient, type TableDescription } from '@aws-sdk/client-dynamodb';
import type { TableShape } from '../../model/table-settings.ts';
import type { Reading } from '../../ports/inventory.ts';
import { readingOf } from '../aws/reading.ts';
import { toTableShape } from './table-shape.ts';

/** A table as DescribeTable shows it, and its shape in our words. */
export interface DescribedTable {
  readonly description: TableDescription;
  readonly shape: TableShape;
}

/** Reads a table. Returns `missing` if there is no such table. */
export const readDescribedTable = (
  dynamodb: DynamoDBClient,
  table: string,
): Promise<Reading<DescribedTable>> =>
  readingOf('DescribeTable', async () => {
    const { Table: description = {} } = await dynamodb.send(new DescribeTableCommand({ TableName: table }));
    const shape = toTableShape(description);
    return typeof shape === 'string' ? shape : { description, shape };
  });
