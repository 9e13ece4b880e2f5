import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import { isFields } from '../../model/shape.ts';
import { type Entry, itemOf, keyOf, type Place, type StateTable, written } from './items.ts';

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

/** Returns what the table did not accept because it was too much at once: all of it, if that cannot be determined. */
const writeBatch = async (
  { client, name }: StateTable,
  batch: readonly WriteRequest[],
): Promise<readonly WriteRequest[]> => {
  const RequestItems = { [name]: [...batch] };
  const { UnprocessedItems } = await written(
    'BatchWriteItem',
    client.send(new BatchWriteItemCommand({ RequestItems })),
  );
  return leftUndone(UnprocessedItems) ?? batch;
};

const writeOne = async (
  { client, name }: StateTable,
  { PutRequest, DeleteRequest }: WriteRequest,
): Promise<void> => {
  const where = { TableName: name };
  if (PutRequest)
    await written('PutItem', client.send(new PutItemCommand({ ...where, Item: PutRequest.Item })));
  if (DeleteRequest)
    await written('DeleteItem', client.send(new DeleteItemCommand({ ...where, Key: DeleteRequest.Key })));
};

/**
 * Writes changes in batches of 25. A single change, and whatever a batch leaves undone, is written alone: single writes are retried patiently. A
 * failure is thrown and leaves some of the changes made; repeating all of them is safe.
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
