import { type DynamoDBClient, ListTagsOfResourceCommand, type Tag } from '@aws-sdk/client-dynamodb';
import type { TableTags } from '../../model/table.ts';
import { type Target, tableArn } from '../../model/target.ts';
import type { Reading } from '../../ports/inventory.ts';
import { type FailedCall, failureOf } from './errors.ts';
import { type Page, pageWithout, readPages } from './paginate.ts';
import { statedList, statedText } from './reading.ts';

type Pair = readonly [key: string, value: string];

const pairOf = ({ Key, Value }: Partial<Tag>): Pair | undefined => {
  const key = statedText(Key);
  return key === undefined || typeof Value !== 'string' ? undefined : [key, Value];
};

const toPage = (tags: readonly Tag[] | undefined, token: unknown): Page<Pair> => {
  const pairs = statedList(tags)?.map(pairOf);
  if (pairs === undefined) return pageWithout('Tags');
  const items = pairs.filter((pair) => pair !== undefined);
  return { items, token, ...(items.length < pairs.length && { gap: 'a tag lacks its key or its value' }) };
};

const endedBy = (failed: FailedCall | undefined) => ({
  ...(failed?.kind === 'out-of-time' && { deferred: true as const }),
  ...(failed?.cutShort && { cutShort: true as const }),
});

/**
 * Reads all tags of a table from DynamoDB itself. The tagging API may show a change minutes later. `missing` when the table does not exist;
 * a page that fails, or a tag without key or value, makes it unreadable: the missing tag may be the one that stops expiry.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html (checked 2026-11-28)
 */
export const readTableTags = async (
  dynamodb: DynamoDBClient,
  table: string,
  target: Target,
): Promise<Reading<TableTags>> => {
  const ResourceArn = tableArn(table, target);
  let failed: FailedCall | undefined;
  const { items, gap } = await readPages('ListTagsOfResource', async (token) => {
    try {
      const { Tags, NextToken } = await dynamodb.send(
        new ListTagsOfResourceCommand({ ResourceArn, ...(token !== undefined && { NextToken: token }) }),
      );
      return toPage(Tags, NextToken);
    } catch (error) {
      failed = failureOf('ListTagsOfResource', error);
      throw error;
    }
  });
  if (failed?.kind === 'not-found') return { kind: 'missing' };
  return gap === undefined
    ? { kind: 'found', value: Object.fromEntries(items) }
    : { kind: 'unreadable', failure: gap, ...endedBy(failed) };
};
