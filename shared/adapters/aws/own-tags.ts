import { type DynamoDBClient, ListTagsOfResourceCommand, type Tag } from '@aws-sdk/client-dynamodb';
import type { Target } from '../../model/target.ts';
import type { Reading } from '../../ports/inventory.ts';
import { readingOf } from './reading.ts';
import { statedText } from './stated.ts';
import { tableArn } from './table-arn.ts';

type Tags = Readonly<Record<string, string>>;

/** No table has more than 50 tags, and a page holds at least ten. */
const MOST_PAGES = 10;

const entriesOf = (tags: readonly Tag[]): readonly (readonly [string, string])[] =>
  tags.flatMap(({ Key, Value }) => {
    const key = statedText(Key);
    return key === undefined || typeof Value !== 'string' ? [] : [[key, Value] as const];
  });

const readPage = async (dynamodb: DynamoDBClient, arn: string, token: string | undefined) => {
  const { Tags, NextToken } = await dynamodb.send(
    new ListTagsOfResourceCommand({ ResourceArn: arn, ...(token !== undefined && { NextToken: token }) }),
  );
  const entries = Array.isArray(Tags) ? entriesOf(Tags) : undefined;
  if (entries === undefined || entries.length < (Tags?.length ?? 0)) return undefined;
  return { entries, token: statedText(NextToken) };
};

/**
 * Returns the tags of one table as the table itself has them: the tagging API shows them late, and those of a deleted table for hours. An answer that lacks a
 * key or a value is unreadable.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html (checked 2026-11-28)
 */
export const readOwnTags = (
  dynamodb: DynamoDBClient,
  table: string,
  target: Target,
): Promise<Reading<Tags>> =>
  readingOf('ListTagsOfResource', async () => {
    const all: (readonly [string, string])[] = [];
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await readPage(dynamodb, tableArn(table, target), token);
      if (answer === undefined) return 'the tags are not whole';
      all.push(...answer.entries);
      token = answer.token;
      if (token === undefined) return Object.fromEntries(all);
    }
    return 'the tags have no end';
  });
