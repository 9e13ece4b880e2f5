import {
  type AttributeValue,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { FailureError, ownFailure } from '../../model/failure.ts';
import { type Instant, SECOND_MS } from '../../model/instant.ts';
import { type Check, parsedJson } from '../../model/shape.ts';
import type { Target } from '../../model/target.ts';
import { failureOf } from '../aws/errors.ts';
import { type Page, pageWithout, readPages } from '../aws/paginate.ts';
import { statedText } from '../aws/reading.ts';

/** The state table and the client that speaks to it. Its keys are `pk` and `sk`, texts both; `expiresAt` is its time to live. */
export interface StateTable {
  readonly client: DynamoDBClient;
  readonly name: string;
  /** Whose state is read and written; absent for the account and Region that the table itself is in. */
  readonly target?: Target;
}

/**
 * SAFETY: two targets never share an item, or one would take the other's findings for resolved. Returns where a target keeps what is named: under its
 * account and Region, except for the target that the table is in, which keeps it where every version has kept it.
 */
export const placeOf = ({ target }: Pick<StateTable, 'target'>, name: string): string =>
  target === undefined ? name : `${target.accountId}/${target.region}/${name}`;

/** Where a thing that is remembered stands. */
export interface Place {
  readonly pk: string;
  readonly sk: string;
}

/** One entry: its place and its content. */
export interface Entry<Content> extends Place {
  readonly content: Content;
  /** When the table may forget it; absent where it does not by itself. */
  readonly expiresAt?: Instant;
}

type Item = Record<string, AttributeValue>;

/** Returns the key of the item at a place. */
export const keyOf = ({ pk, sk }: Place): Item => ({ pk: { S: pk }, sk: { S: sk } });

/** Converts an entry to its item. The content is JSON text, which keeps every number and key as it is. */
export const itemOf = (entry: Entry<unknown>): Item => ({
  ...keyOf(entry),
  content: { S: JSON.stringify(entry.content) },
  ...(entry.expiresAt !== undefined && {
    expiresAt: { N: String(Math.ceil(entry.expiresAt / SECOND_MS)) },
  }),
});

const contentOf = <Content>(pk: string, item: Item, isContent: Check<Content>): Entry<Content> => {
  const sk = statedText(item?.sk?.S);
  const content = parsedJson(item?.content?.S);
  if (sk === undefined || !isContent(content))
    throw new Error(`the state table's item ${pk} / ${sk ?? 'without a key'} cannot be read`);
  return { pk, sk, content };
};

type Answer = Pick<QueryCommandOutput, 'Count' | 'Items' | 'LastEvaluatedKey'>;

/** The service counts what it sends. An item that is not there is one that stops nothing, so the count has to be right. */
const toPage = ({ Count, Items, LastEvaluatedKey }: Answer): Page<Item> => {
  if (!Array.isArray(Items)) return pageWithout('Items');
  const isWhole = Count === Items.length;
  return {
    items: Items,
    token: LastEvaluatedKey?.sk?.S ?? LastEvaluatedKey,
    ...(!isWhole && { gap: `the answer counts ${Count ?? 'no'} items and has ${Items.length}` }),
  };
};

const queryPage = async ({ client, name }: StateTable, pk: string, token: string | undefined) => {
  const answer = await client.send(
    new QueryCommand({
      TableName: name,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
      ...(token !== undefined && { ExclusiveStartKey: keyOf({ pk, sk: token }) }),
    }),
  );
  return toPage(answer);
};

/**
 * Reads everything in a partition, sorted by `sk`, consistently and to the last page. SAFETY: throws for an item that is no such content, and
 * for a page that cannot be read or is not whole: what is not there stops nothing.
 */
export const readEntries = async <Content>(
  table: StateTable,
  pk: string,
  isContent: Check<Content>,
): Promise<readonly Entry<Content>[]> => {
  const { items, gap } = await readPages('Query', (token) => queryPage(table, pk, token));
  if (gap !== undefined)
    throw new FailureError(
      ownFailure('state-unreadable', 'the state table could not be read', { because: gap }),
    );
  return items.map((item) => contentOf(pk, item, isContent)).toSorted((a, b) => (a.sk < b.sk ? -1 : 1));
};

/** Makes what is thrown where a call that writes to the state table failed, from what the call threw. */
export const unwritten = (operation: string, thrown: unknown): FailureError => {
  const because = failureOf(operation, thrown).failure;
  return new FailureError(
    ownFailure('state-unwritten', 'the state table could not be written', { because }),
    {
      cause: thrown,
    },
  );
};

/** Awaits a call that writes to the state table. Throws a `FailureError` where the service or the connection did not let it succeed. */
export const written = async <Output>(operation: string, call: Promise<Output>): Promise<Output> => {
  try {
    return await call;
  } catch (error) {
    throw unwritten(operation, error);
  }
};
