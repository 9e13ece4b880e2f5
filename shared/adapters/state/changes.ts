import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import { isFields } from '../../model/shape.ts';
import { type Entry, itemOf, keyOf, type Place, type StateTable } from './items.ts';

/** Entries to write over what was there, and places to empty. */
export interface EntryChanges {
  readonly put?: readonly Entry<unknown>[];
  readonly remove?: readonly Place[];
}

/**
 * What one call takes.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html (as the SDK 3.1164 quotes it)
 */
const BATCH = 25;

/** Calls under way at once. */
const CONCURRENT_WRITES = 10;

/** A batch may not name a place twice: of two changes the later one counts, as if they were made one after the other. */
const requestsOf = ({ put = [], remove = [] }: EntryChanges): readonly WriteRequest[] => {
  const byPlace = new Map<string, WriteRequest>();
  const placeOf = ({ pk, sk }: Place): string => JSON.stringify([pk, sk]);
  for (const entry of put) byPlace.set(placeOf(entry), { PutRequest: { Item: itemOf(entry) } });
  for (const place of remove) byPlace.set(placeOf(place), { DeleteRequest: { Key: keyOf(place) } });
  return [...byPlace.values()];
};

const batchesOf = (requests: readonly WriteRequest[]): readonly WriteRequest[][] =>
  Array.from({ length: Math.ceil(requests.length / BATCH) }, (_, at) =>
    requests.slice(at * BATCH, (at + 1) * BATCH),
  );

const isRequest = (one: unknown): one is WriteRequest =>
  isFields(one) && (isFields(one.PutRequest) || isFields(one.DeleteRequest));

/** Reads what an answer says was left undone; undefined where the answer does not say it plainly. */
const leftUndone = (unprocessed: unknown): readonly WriteRequest[] | undefined => {
  if (!isFields(unprocessed)) return undefined;
  const requests: readonly unknown[] = Object.values(unprocessed).flat();
  return requests.every(isRequest) ? requests : undefined;
};

/** Returns what the table did not take, for it was too much at once: all of it, where that cannot be told. */
const writeBatch = async (
  { client, name }: StateTable,
  batch: readonly WriteRequest[],
): Promise<readonly WriteRequest[]> => {
  const RequestItems = { [name]: [...batch] };
  const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems }));
  return leftUndone(UnprocessedItems) ?? batch;
};

const writeOne = async (
  { client, name }: StateTable,
  { PutRequest, DeleteRequest }: WriteRequest,
): Promise<void> => {
  if (PutRequest) await client.send(new PutItemCommand({ TableName: name, Item: PutRequest.Item }));
  if (DeleteRequest) await client.send(new DeleteItemCommand({ TableName: name, Key: DeleteRequest.Key }));
};

/**
 * Given changes, makes them in batches of 25. What stands alone, and what a batch leaves undone, goes by itself: single writes are retried
 * with patience. At the edge a failure is thrown and leaves some of them made; making all of them again does no harm.
 */
export const changeEntries = async (table: StateTable, changes: EntryChanges): Promise<void> => {
  const options = { concurrency: CONCURRENT_WRITES };
  const left = await pMap(
    batchesOf(requestsOf(changes)),
    (batch) => (batch.length === 1 ? batch : writeBatch(table, batch)),
    options,
  );
  await pMap(left.flat(), (request) => writeOne(table, request), options);
};
