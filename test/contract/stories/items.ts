import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { errorOf, settle } from '../doing.ts';
import type { Story, World } from '../story.ts';

// The state table's calls: writes of single items under a condition, batches without one, and queries of a partition.

const TableName = 'tablekeeper-prod-state';
const REFUSED = 'ConditionalCheckFailedException';

const makeStateTable = async (world: World): Promise<void> => {
  const command = new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  });
  await world.dynamodb.send(command);
  await settle(world);
};

const keyOf = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });

type Condition = Pick<PutItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeValues'>;

const put = ({ dynamodb }: World, Item: Record<string, AttributeValue>, condition: Condition = {}) =>
  dynamodb.send(new PutItemCommand({ TableName, Item, ...condition }));

const FREE = { ConditionExpression: 'attribute_not_exists(pk)' };

const claimedBy = (runId: string, heldUntil: number) => ({
  ...keyOf('claim#orders', 'claim'),
  runId: { S: runId },
  heldUntil: { N: String(heldUntil) },
});

const freeOrOver = (runId: string, now: number): Condition => ({
  ConditionExpression: 'attribute_not_exists(pk) OR runId = :runId OR heldUntil < :now',
  ExpressionAttributeValues: { ':runId': { S: runId }, ':now': { N: String(now) } },
});

const readAll = async ({ dynamodb }: World, pk: string) => {
  const command = new QueryCommand({
    TableName,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: pk } },
  });
  return (await dynamodb.send(command)).Items ?? [];
};

export const ITEM_STORIES: readonly Story[] = [
  {
    name: 'an item that must not be there is written once',
    tell: async (world) => {
      await makeStateTable(world);
      await put(world, claimedBy('run-1', 100), FREE);
      expect(await errorOf(put(world, claimedBy('run-2', 100), FREE))).toBe(REFUSED);
      expect((await readAll(world, 'claim#orders')).map(({ runId }) => runId?.S)).toEqual(['run-1']);
    },
  },
  {
    name: 'of many that write at once under a condition, one writes',
    tell: async (world) => {
      await makeStateTable(world);
      const runs = Array.from({ length: 12 }, (_, run) => claimedBy(`run-${run}`, 100));
      const answers = await Promise.all(runs.map((claim) => errorOf(put(world, claim, FREE))));
      expect(answers.toSorted()).toEqual([...Array<string>(11).fill(REFUSED), 'no error']);
    },
  },
  {
    name: 'an item is overwritten when one of several conditions holds',
    tell: async (world) => {
      await makeStateTable(world);
      await put(world, claimedBy('run-1', 100), freeOrOver('run-1', 50));
      const tooEarly = put(world, claimedBy('run-2', 200), freeOrOver('run-2', 100));
      expect(await errorOf(tooEarly)).toBe(REFUSED);
      await put(world, claimedBy('run-1', 150), freeOrOver('run-1', 100));
      await put(world, claimedBy('run-2', 200), freeOrOver('run-2', 151));
      expect((await readAll(world, 'claim#orders')).map(({ runId }) => runId?.S)).toEqual(['run-2']);
    },
  },
  {
    name: 'an item is deleted only by whom the condition names',
    tell: async (world) => {
      await makeStateTable(world);
      await put(world, claimedBy('run-1', 100));
      const release = (runId: string) =>
        world.dynamodb.send(
          new DeleteItemCommand({
            TableName,
            Key: keyOf('claim#orders', 'claim'),
            ConditionExpression: 'runId = :runId',
            ExpressionAttributeValues: { ':runId': { S: runId } },
          }),
        );
      expect(await errorOf(release('run-2'))).toBe(REFUSED);
      await release('run-1');
      expect(await errorOf(release('run-1'))).toBe(REFUSED);
      expect(await readAll(world, 'claim#orders')).toEqual([]);
    },
  },
  {
    name: 'a batch writes over what is there and deletes what is there or not',
    tell: async (world) => {
      await makeStateTable(world);
      for (const sk of ['a', 'b']) await put(world, { ...keyOf('finding', sk), content: { S: 'old' } });
      const { UnprocessedItems } = await world.dynamodb.send(
        new BatchWriteItemCommand({
          RequestItems: {
            [TableName]: [
              { PutRequest: { Item: { ...keyOf('finding', 'a'), content: { S: 'new' } } } },
              { PutRequest: { Item: keyOf('finding', 'c') } },
              { DeleteRequest: { Key: keyOf('finding', 'b') } },
              { DeleteRequest: { Key: keyOf('finding', 'never-there') } },
            ],
          },
        }),
      );
      expect(UnprocessedItems ?? {}).toEqual({});
      const found = (await readAll(world, 'finding')).map(({ sk, content }) => [sk?.S, content?.S]);
      expect(found).toEqual([
        ['a', 'new'],
        ['c', undefined],
      ]);
    },
  },
  {
    name: 'a partition is read in order of its sort keys, without its neighbours',
    tell: async (world) => {
      await makeStateTable(world);
      for (const sk of ['pitr-off/orders', 'backups-failing/carts', 'unknown-policy/users'])
        await put(world, keyOf('finding', sk));
      await put(world, keyOf('memory', 'coverage'));
      const found = (await readAll(world, 'finding')).map(({ sk }) => sk?.S);
      expect(found).toEqual(['backups-failing/carts', 'pitr-off/orders', 'unknown-policy/users']);
    },
  },
  {
    name: 'a large partition is read in pages, each item once',
    tell: async (world) => {
      await makeStateTable(world);
      const filler = { S: 'x'.repeat(100_000) };
      const keys = Array.from({ length: 15 }, (_, index) => String(index).padStart(2, '0'));
      for (const sk of keys) await put(world, { ...keyOf('finding', sk), filler });
      const seen: (string | undefined)[] = [];
      const sizes: number[] = [];
      let start: Record<string, AttributeValue> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await world.dynamodb.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: 'finding' } },
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        sizes.push(Items.length);
        seen.push(...Items.map(({ sk }) => sk?.S));
        start = LastEvaluatedKey;
      } while (start);
      expect(sizes.length).toBeGreaterThan(1);
      expect(seen).toEqual(keys);
    },
  },
  {
    name: 'an item in a table that is not there is not found',
    tell: async (world) => {
      expect(await errorOf(put(world, keyOf('finding', 'x')))).toBe('ResourceNotFoundException');
    },
  },
];
