import type { Input } from '../../sim/call.ts';
import type { Item } from '../../sim/dynamodb/items/item-engine.ts';
import type { ItemStore } from '../../sim/dynamodb/items/item-store.ts';
import { serviceFailure } from '../../sim/failure.ts';

// A year of runs asks the state table thousands of times, and dynalite would be half of its cost. This knows what a key-value table of `pk`
// and `sk` can do, and throws at everything else: the full engine has its own tests.

type Attribute = Readonly<Record<string, string>>;
type Values = Readonly<Record<string, Attribute>>;

const numberOrText = (attribute: Attribute): number | string =>
  attribute.N === undefined ? String(attribute.S ?? attribute.BOOL) : Number(attribute.N);

const textOf = (value: unknown): string => (value as Attribute | undefined)?.S ?? '';

/** Items by `pk`, then by `sk`: a query reads one partition, however many there are. */
type Partitions = Map<string, Map<string, Item>>;

const itemAt = (items: Partitions, { pk, sk }: Item): Item | undefined =>
  items.get(textOf(pk))?.get(textOf(sk));

const put = (items: Partitions, item: Item): void => {
  const pk = textOf(item.pk);
  const partition = items.get(pk) ?? new Map<string, Item>();
  items.set(pk, partition.set(textOf(item.sk), item));
};

const remove = (items: Partitions, { pk, sk }: Item): void => {
  items.get(textOf(pk))?.delete(textOf(sk));
};

/** One comparison of a condition: `attribute_not_exists(pk)`, `holder = :holder`, `heldUntil < :now`. */
const compares = (condition: string, item: Item | undefined, values: Values): boolean => {
  const absent = /^attribute_not_exists\((\w+)\)$/.exec(condition);
  if (absent) return item?.[absent[1] ?? ''] === undefined;
  const [, name = '', operator, placeholder = ''] = /^(\w+) (=|<) (:\w+)$/.exec(condition) ?? [];
  const [left, right] = [item?.[name] as Attribute | undefined, values[placeholder]];
  if (operator === undefined || right === undefined) throw new Error(`not known here: ${condition}`);
  if (left === undefined) return false;
  const [one, other] = [numberOrText(left), numberOrText(right)];
  return operator === '=' ? one === other : one < other;
};

/** All of `(restoreId = :id AND revision = :last)`. */
const holds = (conditions: string, item: Item | undefined, values: Values): boolean =>
  conditions
    .replace(/^\((.* AND .*)\)$/, '$1')
    .split(' AND ')
    .every((condition) => compares(condition, item, values));

/** Throws what the service answers where the condition of a call does not hold for the item that is there. */
export const refuseUnless = (input: Input, item: Item | undefined): void => {
  if (input.ConditionExpression === undefined) return;
  const values = (input.ExpressionAttributeValues ?? {}) as Values;
  const passes = String(input.ConditionExpression)
    .split(' OR ')
    .some((condition) => holds(condition, item, values));
  if (!passes) throw serviceFailure('ConditionalCheckFailedException', 'The conditional request failed');
};

const query = (items: Partitions, input: Input): Input => {
  if (input.KeyConditionExpression !== 'pk = :pk' || input.ExclusiveStartKey !== undefined)
    throw new Error(`not known here: ${JSON.stringify(input)}`);
  const pk = textOf((input.ExpressionAttributeValues as Values)[':pk']);
  const found = [...(items.get(pk)?.entries() ?? [])]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, item]) => item);
  return { Items: found, Count: found.length };
};

interface WriteRequest {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}

/** Hears of what is written: nothing where an item is gone. */
type OnWrite = (key: Item, item: Item | undefined) => void;

const batchWrite = (items: Partitions, input: Input, onWrite: OnWrite): Input => {
  const requests = Object.values(input.RequestItems as Readonly<Record<string, readonly WriteRequest[]>>);
  for (const { PutRequest, DeleteRequest } of requests.flat()) {
    if (PutRequest) put(items, PutRequest.Item);
    if (DeleteRequest) remove(items, DeleteRequest.Key);
    onWrite(PutRequest?.Item ?? DeleteRequest?.Key ?? {}, PutRequest?.Item);
  }
  return { UnprocessedItems: {} };
};

const perform = (
  items: Partitions,
  operation: string,
  input: Input,
  onTakeover: (key: string) => void,
  onWrite: OnWrite,
): Input => {
  if (operation === 'Query') return query(items, input);
  if (operation === 'BatchWriteItem') return batchWrite(items, input, onWrite);
  const item = (operation === 'PutItem' ? input.Item : input.Key) as Item;
  const former = itemAt(items, item);
  refuseUnless(input, former);
  if (operation === 'PutItem') {
    if (former !== undefined && textOf(former.holder) !== textOf(item.holder)) onTakeover(textOf(item.pk));
    put(items, item);
  } else if (operation === 'DeleteItem') remove(items, item);
  else throw new Error(`not known here: ${operation}`);
  onWrite(item, operation === 'PutItem' ? item : undefined);
  return {};
};

/** Returns a store for the items of the state table alone. */
export const createStateItems = (
  onTakeover: (key: string) => void = () => undefined,
  onWrite: OnWrite = () => undefined,
): ItemStore => {
  const items: Partitions = new Map();
  return {
    call: async (_, operation, input) => perform(items, operation, input, onTakeover, onWrite),
    copyOf: () => undefined,
    count: () => undefined,
    copyAsOf: () => undefined,
    fill: () => undefined,
    drop: () => undefined,
    wait: (work) => work,
    notePitr: () => undefined,
  };
};
