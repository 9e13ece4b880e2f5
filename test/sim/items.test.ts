import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateBackupCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateContinuousBackupsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createTable, deleteTable } from '../../sim/console/tables.ts';
import { arnOf, failureOf, MINUTE, newTable, SECOND, simWorld } from './world.ts';

type World = ReturnType<typeof simWorld>;

const put = ({ dynamodb }: World, pk: string, TableName = 'Orders') =>
  dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: pk } } }));

const keysIn = async ({ dynamodb }: World, TableName: string): Promise<string[]> => {
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName }));
  return Items.map((item) => item.pk?.S ?? '').sort();
};

const worldWithTable = (table: object = {}): World => {
  const world = simWorld();
  createTable(world.account, { name: 'Orders', ...table });
  return world;
};

describe('items', () => {
  it('are still read and written while their table is DELETING', async () => {
    const world = worldWithTable();
    await world.dynamodb.send(new DeleteTableCommand({ TableName: 'Orders' }));
    await put(world, 'late');
    expect(await keysIn(world, 'Orders')).toEqual(['late']);
    await world.clock.advanceBy(MINUTE);
    expect(await failureOf(put(world, 'too late'))).toBe(
      'ResourceNotFoundException: Requested resource not found',
    );
  });

  it('are written on condition, updated, queried and deleted', async () => {
    const world = simWorld();
    const { clock, dynamodb } = world;
    await dynamodb.send(
      newTable('State', {
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
      }),
    );
    const Key = { pk: { S: 'claim' }, sk: { S: 'a' } };
    const get = new GetItemCommand({ TableName: 'State', Key });
    expect(await failureOf(dynamodb.send(get))).toBe(
      'ResourceNotFoundException: Requested resource not found',
    );
    await clock.advanceBy(10 * SECOND);
    const claim = new PutItemCommand({
      TableName: arnOf('State'),
      Item: Key,
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    await dynamodb.send(claim);
    expect(await failureOf(dynamodb.send(claim))).toBe(
      'ConditionalCheckFailedException: The conditional request failed',
    );
    const count = new UpdateItemCommand({
      TableName: 'State',
      Key,
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
    await dynamodb.send(count);
    await dynamodb.send(count);
    expect((await dynamodb.send(get)).Item?.n).toEqual({ N: '2' });
    const query = new QueryCommand({
      TableName: 'State',
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': { S: 'claim' }, ':sk': { S: 'a' } },
    });
    expect((await dynamodb.send(query)).Count).toBe(1);
    await dynamodb.send(new DeleteItemCommand({ TableName: 'State', Key }));
    expect((await dynamodb.send(query)).Count).toBe(0);
  });

  it('are written and read in batches over several tables', async () => {
    const world = worldWithTable();
    createTable(world.account, { name: 'Users' });
    const requests = (...keys: string[]) => keys.map((pk) => ({ PutRequest: { Item: { pk: { S: pk } } } }));
    const written = await world.dynamodb.send(
      new BatchWriteItemCommand({ RequestItems: { Orders: requests('a', 'b'), Users: requests('c') } }),
    );
    expect(written.UnprocessedItems).toEqual({});
    const Keys = [{ pk: { S: 'a' } }, { pk: { S: 'c' } }];
    const read = await world.dynamodb.send(
      new BatchGetItemCommand({ RequestItems: { Orders: { Keys }, Users: { Keys } } }),
    );
    expect(read.Responses).toEqual({ Orders: [{ pk: { S: 'a' } }], Users: [{ pk: { S: 'c' } }] });
  });

  it('are not there any more when a table is made again', async () => {
    const world = worldWithTable();
    await put(world, 'old');
    deleteTable(world.account, 'Orders');
    createTable(world.account, { name: 'Orders' });
    expect(await keysIn(world, 'Orders')).toEqual([]);
  });

  it('are in a backup as they were when it was made, whatever is written at the same time', async () => {
    const world = worldWithTable();
    const keys = (prefix: string) => Array.from({ length: 9 }, (_, index) => `${prefix}-${index}`);
    const before = keys('before').map((key) => put(world, key));
    const backup = world.dynamodb.send(new CreateBackupCommand({ TableName: 'Orders', BackupName: 'b-1' }));
    const refused = failureOf(
      world.dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item: { wrong: { S: 'x' } } })),
    );
    const later = keys('later').map((key) => put(world, key));
    const [made] = await Promise.all([backup, ...before, ...later]);
    expect(await refused).toMatch(/^ValidationException/);
    await world.clock.advanceBy(MINUTE);
    const BackupArn = made.BackupDetails?.BackupArn;
    await world.dynamodb.send(new RestoreTableFromBackupCommand({ TargetTableName: 'Restored', BackupArn }));
    await world.clock.advanceBy(5 * MINUTE);
    expect(await keysIn(world, 'Restored')).toEqual(keys('before'));
    expect(await keysIn(world, 'Orders')).toEqual([...keys('before'), ...keys('later')]);
  });

  it('come back by PITR as they were at the time asked for', async () => {
    const world = worldWithTable();
    await put(world, 'before');
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    await world.dynamodb.send(
      new UpdateContinuousBackupsCommand({ TableName: 'Orders', PointInTimeRecoverySpecification }),
    );
    await world.clock.advanceBy(10 * MINUTE);
    await put(world, 'during');
    const RestoreDateTime = new Date(world.clock.now());
    await world.clock.advanceBy(MINUTE);
    await world.dynamodb.send(new DeleteItemCommand({ TableName: 'Orders', Key: { pk: { S: 'before' } } }));
    await world.clock.advanceBy(10 * MINUTE);
    const restore = (TargetTableName: string, when: object) =>
      world.dynamodb.send(
        new RestoreTableToPointInTimeCommand({ SourceTableName: 'Orders', TargetTableName, ...when }),
      );
    await restore('Then', { RestoreDateTime });
    await restore('Latest', { UseLatestRestorableTime: true });
    await world.clock.advanceBy(5 * MINUTE);
    expect(await keysIn(world, 'Then')).toEqual(['before', 'during']);
    expect(await keysIn(world, 'Latest')).toEqual(['during']);
  });

  it('hold the clock while they are worked on', async () => {
    const world = worldWithTable();
    const started = world.clock.now();
    const slept = world.clock.sleep(MINUTE);
    await world.clock.run(put(world, 'a'));
    expect(world.clock.now()).toBe(started);
    await world.clock.run(slept);
  });

  it('know no transactions', async () => {
    const { dynamodb } = worldWithTable();
    const TransactItems = [{ Put: { TableName: 'Orders', Item: { pk: { S: 'a' } } } }];
    expect(await failureOf(dynamodb.send(new TransactWriteItemsCommand({ TransactItems })))).toMatch(
      /^UnknownOperationException/,
    );
  });
});
