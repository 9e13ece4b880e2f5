import { CreateBackupCommand, DeleteBackupCommand, DescribeBackupCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { backUp, describeTable, errorOf, listedNames, makeTables } from '../doing.ts';
import type { Story, World } from '../story.ts';

const NAME = 'tablekeeper.prod.standard.20261123T030000Z';

const describeBackup = async ({ dynamodb }: World, arn: string | undefined) =>
  (await dynamodb.send(new DescribeBackupCommand({ BackupArn: arn }))).BackupDescription ?? {};

const deleteBackup = async ({ dynamodb }: World, arn: string | undefined) =>
  (await dynamodb.send(new DeleteBackupCommand({ BackupArn: arn }))).BackupDescription ?? {};

const createBackup = (world: World, TableName: string, BackupName: string) =>
  world.dynamodb.send(new CreateBackupCommand({ TableName, BackupName }));

export const BACKUP_STORIES: readonly Story[] = [
  {
    name: 'a new backup has the name it was given, an ARN under its table, and is one of a user',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const backup = await backUp(world, 'orders', NAME);
      const { TableArn } = await describeTable(world, 'orders');
      expect(backup).toMatchObject({ BackupName: NAME, BackupType: 'USER' });
      expect(backup.BackupArn?.startsWith(`${TableArn}/backup/`)).toBe(true);
      expect(backup.BackupArn).toMatch(/\/backup\/\d{14}-[0-9a-f]{8}$/);
    },
  },
  {
    name: 'the answer that starts a backup says that it is being created',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      expect((await backUp(world, 'orders', NAME)).BackupStatus).toBe('CREATING');
    },
  },
  {
    name: 'a backup becomes available, and tells its name, type, size and time',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const { BackupArn } = await backUp(world, 'orders', NAME);
      const { BackupDetails } = await describeBackup(world, BackupArn);
      expect(BackupDetails).toMatchObject({
        BackupArn,
        BackupName: NAME,
        BackupType: 'USER',
        BackupStatus: 'AVAILABLE',
        BackupSizeBytes: expect.any(Number),
        BackupCreationDateTime: expect.any(Date),
      });
    },
  },
  {
    name: 'a backup tells of which table it is',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const { BackupArn } = await backUp(world, 'orders', NAME);
      const { TableArn, KeySchema } = await describeTable(world, 'orders');
      const { SourceTableDetails } = await describeBackup(world, BackupArn);
      expect(SourceTableDetails).toMatchObject({ TableName: 'orders', TableArn, KeySchema });
      expect(SourceTableDetails?.TableCreationDateTime).toBeInstanceOf(Date);
    },
  },
  {
    name: 'a backup tells the id and the billing mode of its table',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const { BackupArn } = await backUp(world, 'orders', NAME);
      const { SourceTableDetails } = await describeBackup(world, BackupArn);
      const { TableId } = await describeTable(world, 'orders');
      expect(SourceTableDetails?.TableId ?? 'no id').toBe(TableId);
      expect(SourceTableDetails?.BillingMode).toBe('PAY_PER_REQUEST');
    },
  },
  {
    name: 'the same name twice makes two backups',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const first = await backUp(world, 'orders', NAME);
      const second = await backUp(world, 'orders', NAME);
      expect(second.BackupArn).not.toBe(first.BackupArn);
      expect(await listedNames(world)).toEqual([NAME, NAME]);
    },
  },
  {
    name: 'the table of a backup can be named by its ARN',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const { TableArn = '' } = await describeTable(world, 'orders');
      await backUp(world, TableArn, NAME);
      expect(await listedNames(world, { TableName: 'orders' })).toEqual([NAME]);
    },
  },
  {
    name: 'a table that is not there is not backed up',
    tell: async (world) => {
      expect(await errorOf(createBackup(world, 'nowhere', NAME))).toBe('TableNotFoundException');
    },
  },
  {
    name: 'a backup cannot have a name that is too short, or has other signs than letters, digits and _.-',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      expect(await errorOf(createBackup(world, 'orders', 'ab'))).toBe('ValidationException');
      expect(await errorOf(createBackup(world, 'orders', 'before lunch'))).toBe('ValidationException');
    },
  },
  {
    name: 'a backup that is deleted says so, and is gone at once',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const { BackupArn } = await backUp(world, 'orders', NAME);
      const { BackupDetails } = await deleteBackup(world, BackupArn);
      expect(BackupDetails).toMatchObject({ BackupArn, BackupStatus: 'DELETED' });
      expect(await listedNames(world)).toEqual([]);
      expect(await errorOf(describeBackup(world, BackupArn))).toBe('BackupNotFoundException');
    },
  },
  {
    name: 'only the backup that is named is deleted, of two with one name',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const first = await backUp(world, 'orders', NAME);
      const second = await backUp(world, 'orders', NAME);
      await deleteBackup(world, first.BackupArn);
      expect((await describeBackup(world, second.BackupArn)).BackupDetails?.BackupStatus).toBe('AVAILABLE');
      expect(await listedNames(world)).toEqual([NAME]);
    },
  },
  {
    name: 'a backup that was deleted is not found a second time',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const { BackupArn } = await backUp(world, 'orders', NAME);
      await deleteBackup(world, BackupArn);
      expect(await errorOf(deleteBackup(world, BackupArn))).toBe('BackupNotFoundException');
    },
  },
  {
    name: 'the ARN of a table is not the ARN of a backup',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const { TableArn } = await describeTable(world, 'orders');
      expect(await errorOf(describeBackup(world, TableArn))).toBe('ValidationException');
    },
  },
];
