import { type DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { Listing } from '../../ports/inventory.ts';
import { type Page, pageWithout, readPages } from './paginate.ts';
import { statedText } from './stated.ts';

const PAGE_SIZE = 100;

const toPage = (names: readonly string[] | undefined, token: unknown): Page<string> => {
  if (!Array.isArray(names)) return pageWithout('TableNames');
  const items = names.filter((name) => statedText(name) !== undefined);
  const isWhole = items.length === names.length;
  return { items, token, ...(!isWhole && { gap: 'an entry is no name' }) };
};

/**
 * Given a client, returns the names of all tables of the target, sorted. At the edge an entry that is no name is left out with a gap.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html (checked 2026-11-22)
 */
export const listTableNames = async (dynamodb: DynamoDBClient): Promise<Listing<string>> => {
  const listing = await readPages('ListTables', async (token) => {
    const { TableNames, LastEvaluatedTableName } = await dynamodb.send(
      new ListTablesCommand({
        Limit: PAGE_SIZE,
        ...(token !== undefined && { ExclusiveStartTableName: token }),
      }),
    );
    return toPage(TableNames, LastEvaluatedTableName);
  });
  return { ...listing, items: [...new Set(listing.items)].toSorted() };
};
