import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../model/restore.ts';
import type { ItemReader } from '../../ports/restore.ts';
import { type ClientOptions, createDynamoDBClient } from '../aws/clients.ts';
import { readingOf } from '../aws/reading.ts';

type SdkItem = Record<string, AttributeValue>;

/** Parts of a table that a sample is taken from: enough to reach all over it, few enough to be read one by one. */
const MOST_SEGMENTS = 20;

/** What one BatchGetItem takes. */
const MOST_KEYS = 100;

/** A part of a table and where its next page begins. */
interface Segment {
  readonly number: number;
  readonly from?: SdkItem;
}

interface Page {
  readonly items: readonly SdkItem[];
  readonly rest: readonly Segment[];
}

const readSegment = async (
  client: DynamoDBClient,
  table: string,
  { number, from }: Segment,
  segments: number,
  limit: number,
): Promise<Page> => {
  const answer = await client.send(
    new ScanCommand({
      TableName: table,
      Segment: number,
      TotalSegments: segments,
      Limit: limit,
      ...(from !== undefined && { ExclusiveStartKey: from }),
    }),
  );
  const next = answer.LastEvaluatedKey;
  return { items: answer.Items ?? [], rest: next === undefined ? [] : [{ number, from: next }] };
};

/** Goes round the segments, a share of each at a time, until there is enough or nothing is left. */
const readSample = async (
  client: DynamoDBClient,
  table: string,
  most: number,
): Promise<readonly SdkItem[]> => {
  const segments = Math.max(1, Math.min(MOST_SEGMENTS, most));
  const found: SdkItem[] = [];
  let open: readonly Segment[] = Array.from({ length: segments }, (_, number) => ({ number }));
  while (open.length > 0 && found.length < most) {
    const limit = Math.ceil((most - found.length) / open.length);
    const pages = await Promise.all(open.map((one) => readSegment(client, table, one, segments, limit)));
    for (const { items } of pages) found.push(...items);
    open = pages.flatMap(({ rest }) => rest);
  }
  return found.slice(0, most);
};

const plain = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;

/** The same for the same key, whatever the order of its parts. */
const textOf = (key: Item): string =>
  JSON.stringify(
    Object.entries(key)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, ...Object.entries(value).map(([type, one]) => [type, plain(one)])]),
  );

const keyIn = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));

const readBatch = async (
  client: DynamoDBClient,
  table: string,
  keys: readonly Item[],
): Promise<readonly SdkItem[]> => {
  const found: SdkItem[] = [];
  let open = keys as unknown as SdkItem[];
  while (open.length > 0) {
    const RequestItems = { [table]: { Keys: open, ConsistentRead: true } };
    const { Responses, UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems }));
    found.push(...(Responses?.[table] ?? []));
    open = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return found;
};

const chunks = (keys: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(keys.length / MOST_KEYS) }, (_, at) =>
    keys.slice(at * MOST_KEYS, (at + 1) * MOST_KEYS),
  );

const readKeys = async (
  client: DynamoDBClient,
  table: string,
  keys: readonly Item[],
): Promise<readonly (Item | undefined)[]> => {
  const names = Object.keys(keys[0] ?? {});
  // The service refuses the same key twice in one call.
  const distinct = [...new Map(keys.map((key) => [textOf(key), key])).values()];
  const found = new Map<string, Item>();
  for (const chunk of chunks(distinct))
    for (const item of (await readBatch(client, table, chunk)) as unknown as readonly Item[])
      found.set(textOf(keyIn(item, names)), item);
  return keys.map((key) => found.get(textOf(key)));
};

/**
 * Creates what reads items of tables. Reading them is paid for, and takes what capacity the table has.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html (checked 2026-11-28)
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html (checked 2026-11-28)
 */
export const createItemReader = (options: ClientOptions): ItemReader => {
  const client = createDynamoDBClient(options);
  return {
    sample: (table, most) =>
      readingOf('Scan', async () => (await readSample(client, table, most)) as unknown as readonly Item[]),
    byKeys: (table, keys) => readingOf('BatchGetItem', () => readKeys(client, table, keys)),
  };
};
