import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import { readPages } from '../aws/paginate.ts';
import type { StateTable } from './table.ts';

/** Where a thing that is remembered stands. */
export interface Place {
  readonly pk: string;
  readonly sk: string;
}

/** One thing remembered: where it stands, and its content. */
export interface Entry<Content> extends Place {
  readonly content: Content;
}

type Item = Record<string, AttributeValue>;

/** Given a place, returns the key of the item there. */
export const keyOf = ({ pk, sk }: Place): Item => ({ pk: { S: pk }, sk: { S: sk } });

/** Given an entry, returns its item. The content stands as JSON text, which keeps every number and every key as it is. */
export const itemOf = (entry: Entry<unknown>): Item => ({
  ...keyOf(entry),
  content: { S: JSON.stringify(entry.content) },
});

const contentOf = <Content>(
  pk: string,
  item: Item,
  parse: (content: unknown) => Content | undefined,
): Entry<Content> => {
  const sk = item.sk?.S ?? '';
  const content = parse(JSON.parse(item.content?.S ?? 'null'));
  if (content === undefined) throw new Error(`the state table's item ${pk} / ${sk} cannot be read`);
  return { pk, sk, content };
};

const queryPage = async ({ client, name }: StateTable, pk: string, token: string | undefined) => {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: name,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
      ...(token !== undefined && { ExclusiveStartKey: keyOf({ pk, sk: token }) }),
    }),
  );
  return { items: Items, token: LastEvaluatedKey?.sk?.S };
};

/**
 * Given a partition, returns everything in it, sorted by `sk`. Consistent reads, to the last page. At the edge an item that `parse` does
 * not know, and a page that cannot be read, are thrown.
 */
export const readEntries = async <Content>(
  table: StateTable,
  pk: string,
  parse: (content: unknown) => Content | undefined,
): Promise<readonly Entry<Content>[]> => {
  const { items, gap } = await readPages('Query', (token) => queryPage(table, pk, token));
  if (gap !== undefined) throw new Error(`the state table could not be read: ${gap}`);
  return items.map((item) => contentOf(pk, item, parse)).toSorted((a, b) => (a.sk < b.sk ? -1 : 1));
};
