import {
  GetItemCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  RestoreTableFromBackupCommand,
  type RestoreTableFromBackupCommandInput,
  RestoreTableToPointInTimeCommand,
  type RestoreTableToPointInTimeCommandInput,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { backUp, deleteTable, describeTable, errorOf, makeTables, STANDARD_TAG, settle } from '../doing.ts';
import type { Story, World } from '../story.ts';
import { switchPitr } from './pitr.ts';

const put = (world: World, TableName: string, pk: string) =>
  world.dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: pk } } }));

const has = async (world: World, TableName: string, pk: string): Promise<boolean> => {
  const Key = { pk: { S: pk } };
  const { Item } = await world.dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  return Item !== undefined;
};

const restore = async (
  world: World,
  BackupArn: string | undefined,
  TargetTableName: string,
  more: Partial<RestoreTableFromBackupCommandInput> = {},
) => {
  const input = { BackupArn, TargetTableName, ...more };
  const answer = await world.dynamodb.send(new RestoreTableFromBackupCommand(input));
  await settle(world);
  return answer.TableDescription;
};

const restoreToTime = async (world: World, input: Partial<RestoreTableToPointInTimeCommandInput>) => {
  const command = new RestoreTableToPointInTimeCommand({ TargetTableName: 'orders-restored', ...input });
  await world.dynamodb.send(command);
  await settle(world);
};

const backedUpOrders = async (world: World): Promise<string | undefined> => {
  await makeTables(world, ['orders'], [STANDARD_TAG]);
  return (await backUp(world, 'orders', 'nightly')).BackupArn;
};

const recoverableOrders = async (world: World): Promise<void> => {
  await makeTables(world, ['orders']);
  await switchPitr(world, 'orders', { PointInTimeRecoveryEnabled: true });
};

export const RESTORE_STORIES: readonly Story[] = [
  {
    name: 'a restored table has the keys and the items that were backed up, and none of later',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      await put(world, 'orders', 'before');
      const { BackupArn } = await backUp(world, 'orders', 'nightly');
      await put(world, 'orders', 'after');
      await restore(world, BackupArn, 'orders-restored');
      const restored = await describeTable(world, 'orders-restored');
      expect(restored.TableStatus).toBe('ACTIVE');
      expect(restored.KeySchema).toEqual((await describeTable(world, 'orders')).KeySchema);
      expect(await has(world, 'orders-restored', 'before')).toBe(true);
      expect(await has(world, 'orders-restored', 'after')).toBe(false);
    },
  },
  {
    name: 'the answer that starts a restore says that the table is being created, and from which backup',
    tell: async (world) => {
      const BackupArn = await backedUpOrders(world);
      const table = await restore(world, BackupArn, 'orders-restored');
      expect(table).toMatchObject({
        TableStatus: 'CREATING',
        RestoreSummary: { SourceBackupArn: BackupArn, RestoreInProgress: true },
      });
    },
  },
  {
    name: 'a restored table has no tags',
    tell: async (world) => {
      await restore(world, await backedUpOrders(world), 'orders-restored');
      const { TableArn: ResourceArn } = await describeTable(world, 'orders-restored');
      const { Tags } = await world.dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }));
      expect(Tags).toEqual([]);
    },
  },
  {
    name: 'a deleted table can be restored under its own name',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      await put(world, 'orders', 'one');
      const { BackupArn } = await backUp(world, 'orders', 'nightly');
      await deleteTable(world, 'orders');
      await restore(world, BackupArn, 'orders');
      expect(await has(world, 'orders', 'one')).toBe(true);
    },
  },
  {
    name: 'a restore overwrites no table',
    tell: async (world) => {
      const BackupArn = await backedUpOrders(world);
      expect(await errorOf(restore(world, BackupArn, 'orders'))).toBe('TableAlreadyExistsException');
    },
  },
  {
    name: 'a backup that is not there is not restored',
    tell: async (world) => {
      const BackupArn = (await backedUpOrders(world))?.replace(/[0-9a-f]{8}$/, '0badc0de');
      expect(await errorOf(restore(world, BackupArn, 'orders-restored'))).toBe('BackupNotFoundException');
    },
  },
  {
    name: 'a table is restored with the billing mode asked for',
    tell: async (world) => {
      await restore(world, await backedUpOrders(world), 'orders-restored', {
        BillingModeOverride: 'PROVISIONED',
        ProvisionedThroughputOverride: { ReadCapacityUnits: 3, WriteCapacityUnits: 2 },
      });
      const { ProvisionedThroughput } = await describeTable(world, 'orders-restored');
      expect(ProvisionedThroughput).toMatchObject({ ReadCapacityUnits: 3, WriteCapacityUnits: 2 });
    },
  },
  {
    name: 'a table is restored to the latest moment there is',
    tell: async (world) => {
      await recoverableOrders(world);
      await put(world, 'orders', 'one');
      await settle(world);
      await restoreToTime(world, { SourceTableName: 'orders', UseLatestRestorableTime: true });
      expect(await has(world, 'orders-restored', 'one')).toBe(true);
    },
  },
  {
    name: 'the source of a restore to a moment can be named by its ARN',
    tell: async (world) => {
      await recoverableOrders(world);
      const { TableArn: SourceTableArn } = await describeTable(world, 'orders');
      await restoreToTime(world, { SourceTableArn, UseLatestRestorableTime: true });
      expect((await describeTable(world, 'orders-restored')).TableStatus).toBe('ACTIVE');
    },
  },
  {
    name: 'a table without point-in-time recovery is not restored to a moment',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const call = restoreToTime(world, { SourceTableName: 'orders', UseLatestRestorableTime: true });
      expect(await errorOf(call)).toBe('PointInTimeRecoveryUnavailableException');
    },
  },
  {
    name: 'a table is not restored to a moment outside its window',
    tell: async (world) => {
      await recoverableOrders(world);
      const RestoreDateTime = new Date('2001-01-01T00:00:00Z');
      const call = restoreToTime(world, { SourceTableName: 'orders', RestoreDateTime });
      expect(await errorOf(call)).toBe('InvalidRestoreTimeException');
    },
  },
  {
    name: 'a restore to no moment at all is refused',
    tell: async (world) => {
      await recoverableOrders(world);
      const call = restoreToTime(world, { SourceTableName: 'orders' });
      expect(await errorOf(call)).toBe('ValidationException');
    },
  },
  {
    name: 'a table that is not there is not restored to a moment',
    tell: async (world) => {
      const call = restoreToTime(world, { SourceTableName: 'nowhere', UseLatestRestorableTime: true });
      expect(await errorOf(call)).toBe('TableNotFoundException');
    },
  },
];
