import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { TableKeys } from '../../ports/table-keys.ts';
import type { ClientOptions } from './client-options.ts';
import { createDynamoDBClient } from './clients.ts';
import { readingOf } from './reading.ts';
import { statedList } from './stated.ts';

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
