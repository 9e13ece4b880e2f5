import { DeleteBackupCommand, DescribeBackupCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import {
  backUp,
  deleteTable,
  describeTable,
  errorOf,
  listedNames,
  listPage,
  makeTables,
  settle,
} from '../doing.ts';
import type { Story, World } from '../story.ts';
import { switchPitr } from './pitr.ts';

/** The backup that the service makes of a table with point-in-time recovery when it is deleted. */
const systemBackup = async (world: World) => {
  await makeTables(world, ['orders']);
  await switchPitr(world, 'orders', { PointInTimeRecoveryEnabled: true });
  await deleteTable(world, 'orders');
  await settle(world);
  const { backups } = await listPage(world, { BackupType: 'SYSTEM' });
  return backups;
};

export const LOST_TABLE_STORIES: readonly Story[] = [
  {
    name: 'the backups of a deleted table stay listed, with and without its name, and can be read',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const { BackupArn } = await backUp(world, 'orders', 'nightly');
      await deleteTable(world, 'orders');
      expect(await listedNames(world)).toEqual(['nightly']);
      expect(await listedNames(world, { TableName: 'orders' })).toEqual(['nightly']);
      const { BackupDescription } = await world.dynamodb.send(new DescribeBackupCommand({ BackupArn }));
      expect(BackupDescription?.BackupDetails?.BackupStatus).toBe('AVAILABLE');
    },
  },
  {
    name: 'the backup of a deleted table can be deleted',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const { BackupArn } = await backUp(world, 'orders', 'nightly');
      await deleteTable(world, 'orders');
      await world.dynamodb.send(new DeleteBackupCommand({ BackupArn }));
      expect(await listedNames(world)).toEqual([]);
    },
  },
  {
    name: 'a table made again lists the backups of the former one among its own',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      await backUp(world, 'orders', 'of-the-former');
      await deleteTable(world, 'orders');
      await makeTables(world, ['orders']);
      await backUp(world, 'orders', 'of-the-new');
      const names = await listedNames(world, { TableName: 'orders' });
      expect(names).toEqual(['of-the-former', 'of-the-new']);
    },
  },
  {
    name: 'the id of the table tells the backups of the former one from those of the new',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      await backUp(world, 'orders', 'of-the-former');
      await deleteTable(world, 'orders');
      await makeTables(world, ['orders']);
      await backUp(world, 'orders', 'of-the-new');
      const { TableId } = await describeTable(world, 'orders');
      const { backups } = await listPage(world, { TableName: 'orders' });
      const ofThisTable = backups.filter((backup) => backup.TableId === TableId);
      expect(ofThisTable.map(({ BackupName }) => BackupName)).toEqual(['of-the-new']);
    },
  },
  {
    name: 'a deleted table with point-in-time recovery leaves a system backup, which the list of a user does not show',
    tell: async (world) => {
      const backups = await systemBackup(world);
      expect(backups).toHaveLength(1);
      expect(backups[0]).toMatchObject({ BackupType: 'SYSTEM', BackupName: 'orders$DeletedTableBackup' });
      expect(backups[0]?.BackupExpiryDateTime).toBeInstanceOf(Date);
      expect(await listedNames(world)).toEqual([]);
      expect(await listedNames(world, { BackupType: 'ALL' })).toEqual(['orders$DeletedTableBackup']);
    },
  },
  {
    name: 'a system backup is not for deleting',
    tell: async (world) => {
      const [backup] = await systemBackup(world);
      const BackupArn = backup?.BackupArn ?? 'there is no system backup to delete';
      const deletion = world.dynamodb.send(new DeleteBackupCommand({ BackupArn }));
      expect(await errorOf(deletion)).toBe('ValidationException');
    },
  },
];
