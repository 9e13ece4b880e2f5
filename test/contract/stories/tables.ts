import { CreateTableCommand, DeleteTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { deleteTable, describeTable, errorOf, makeTables, newTable, numbered } from '../doing.ts';
import type { Story, World } from '../story.ts';

const listTables = async ({ dynamodb }: World, after?: string) => {
  const input = after === undefined ? {} : { ExclusiveStartTableName: after };
  const { TableNames = [], LastEvaluatedTableName } = await dynamodb.send(new ListTablesCommand(input));
  return { names: TableNames, next: LastEvaluatedTableName };
};

export const TABLE_STORIES: readonly Story[] = [
  {
    name: 'a new table is being created, and then active',
    tell: async (world) => {
      const { TableDescription } = await world.dynamodb.send(newTable('orders'));
      expect(TableDescription?.TableStatus).toBe('CREATING');
      await world.pass(60_000);
      expect((await describeTable(world, 'orders')).TableStatus).toBe('ACTIVE');
    },
  },
  {
    name: 'a table tells its name, its ARN and when it was created',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const table = await describeTable(world, 'orders');
      expect(table.TableName).toBe('orders');
      expect(table.TableArn).toMatch(/^arn:aws:dynamodb:us-east-1:\d{12}:table\/orders$/);
      expect(table.CreationDateTime).toBeInstanceOf(Date);
    },
  },
  {
    name: 'a table has an id, and one made again under its name has another',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const { TableId: former } = await describeTable(world, 'orders');
      await deleteTable(world, 'orders');
      await makeTables(world, ['orders']);
      const { TableId } = await describeTable(world, 'orders');
      expect(former ?? 'no id').toMatch(/^[0-9a-f-]{36}$/);
      expect(TableId ?? 'no id').toMatch(/^[0-9a-f-]{36}$/);
      expect(TableId).not.toBe(former);
    },
  },
  {
    name: 'a table can be named by its ARN',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const { TableArn = '' } = await describeTable(world, 'orders');
      expect((await describeTable(world, TableArn)).TableName).toBe('orders');
    },
  },
  {
    name: 'a table that is not there is not found',
    tell: async (world) => {
      expect(await errorOf(describeTable(world, 'nowhere'))).toBe('ResourceNotFoundException');
      const deletion = world.dynamodb.send(new DeleteTableCommand({ TableName: 'nowhere' }));
      expect(await errorOf(deletion)).toBe('ResourceNotFoundException');
    },
  },
  {
    name: 'a table is not made twice',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      expect(await errorOf(world.dynamodb.send(newTable('orders')))).toBe('ResourceInUseException');
    },
  },
  {
    name: 'the names of more than a hundred tables come in pages, each once',
    tell: async (world) => {
      const names = numbered('table', 120);
      await makeTables(world, names);
      const first = await listTables(world);
      expect(first.names).toHaveLength(100);
      const second = await listTables(world, first.next);
      expect([...first.names, ...second.names].toSorted()).toEqual(names);
      expect(second.next).toBeUndefined();
    },
  },
  {
    name: 'a table that was deleted has no name any more',
    tell: async (world) => {
      await makeTables(world, ['carts', 'orders']);
      await deleteTable(world, 'orders');
      expect((await listTables(world)).names).toEqual(['carts']);
      expect(await errorOf(describeTable(world, 'orders'))).toBe('ResourceNotFoundException');
    },
  },
  {
    name: 'a table that is protected is not deleted',
    tell: async (world) => {
      const { input } = newTable('orders');
      await world.dynamodb.send(new CreateTableCommand({ ...input, DeletionProtectionEnabled: true }));
      await world.pass(60_000);
      expect((await describeTable(world, 'orders')).DeletionProtectionEnabled).toBe(true);
      const deletion = world.dynamodb.send(new DeleteTableCommand({ TableName: 'orders' }));
      expect(await errorOf(deletion)).toBe('ValidationException');
      expect((await describeTable(world, 'orders')).TableStatus).toBe('ACTIVE');
    },
  },
];
