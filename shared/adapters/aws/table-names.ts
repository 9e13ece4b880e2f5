import { type DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { Listing } from '../../ports/inventory.ts';
import { readPages } from './paginate.ts';

const PAGE_SIZE = 100;

/**
 * Given a client, returns the names of all tables of the target, sorted.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html (checked 2026-11-22)
 */
export const listTableNames = async (dynamodb: DynamoDBClient): Promise<Listing<string>> => {
  const listing = await readPages('ListTables', async (token) => {
    const { TableNames = [], LastEvaluatedTableName } = await dynamodb.send(
      new ListTablesCommand({
        Limit: PAGE_SIZE,
        ...(token !== undefined && { ExclusiveStartTableName: token }),
      }),
    );
    return { items: TableNames, token: LastEvaluatedTableName };
  });
  return { ...listing, items: [...new Set(listing.items)].toSorted() };
};
