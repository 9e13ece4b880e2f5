import type { BackupSummary, BackupTypeFilter } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { backUp, describeTable, errorOf, listedNames, listPage, makeTables, numbered } from '../doing.ts';
import type { Story, World } from '../story.ts';

/** Three backups, at least an instant apart. */
const threeBackups = async (world: World): Promise<readonly Date[]> => {
  await makeTables(world, ['orders']);
  const times: Date[] = [];
  for (const name of ['first', 'second', 'third']) {
    const { BackupCreationDateTime } = await backUp(world, 'orders', name);
    times.push(BackupCreationDateTime ?? new Date(Number.NaN));
  }
  return times;
};

const allPages = async (world: World, Limit: number) => {
  const pages: (readonly BackupSummary[])[] = [];
  let token: string | undefined;
  do {
    const page = await listPage(world, { Limit, ...(token && { ExclusiveStartBackupArn: token }) });
    pages.push(page.backups);
    token = page.token;
  } while (token);
  return pages;
};

export const LISTING_STORIES: readonly Story[] = [
  {
    name: 'the list has the backups of every table, and of one table when asked',
    tell: async (world) => {
      await makeTables(world, ['carts', 'orders']);
      await backUp(world, 'carts', 'of-carts');
      await backUp(world, 'orders', 'of-orders');
      expect(await listedNames(world)).toEqual(['of-carts', 'of-orders']);
      expect(await listedNames(world, { TableName: 'orders' })).toEqual(['of-orders']);
      const { TableArn } = await describeTable(world, 'orders');
      expect(await listedNames(world, { TableName: TableArn })).toEqual(['of-orders']);
    },
  },
  {
    name: 'an entry of the list tells name, ARN, table, status, type and time',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const { BackupArn, BackupCreationDateTime } = await backUp(world, 'orders', 'nightly');
      const { backups } = await listPage(world);
      expect(backups).toHaveLength(1);
      expect(backups[0]).toMatchObject({
        BackupArn,
        BackupCreationDateTime,
        BackupName: 'nightly',
        BackupStatus: 'AVAILABLE',
        BackupType: 'USER',
        TableName: 'orders',
        TableArn: (await describeTable(world, 'orders')).TableArn,
      });
    },
  },
  {
    name: 'the list is in order of creation, oldest first',
    tell: async (world) => {
      await threeBackups(world);
      expect(await listedNames(world, { TableName: 'orders' })).toEqual(['first', 'second', 'third']);
    },
  },
  {
    name: 'a table that never was has an empty list',
    tell: async (world) => {
      expect(await listPage(world, { TableName: 'nowhere' })).toEqual({ backups: [], token: undefined });
    },
  },
  {
    name: 'a list of more than a hundred backups comes in pages, each backup once',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const names = numbered('backup', 230);
      for (const name of names) await backUp(world, 'orders', name);
      const pages = await allPages(world, 100);
      expect(pages.map((page) => page.length)).toEqual([100, 100, 30]);
      expect(pages.flat().map(({ BackupName }) => BackupName)).toEqual(names);
    },
  },
  {
    name: 'a page that holds exactly what is left is the last',
    tell: async (world) => {
      await threeBackups(world);
      const { backups, token } = await listPage(world, { Limit: 3 });
      expect(backups).toHaveLength(3);
      expect(token).toBeUndefined();
    },
  },
  {
    name: 'a list goes on behind the backup that is named',
    tell: async (world) => {
      await threeBackups(world);
      const { backups } = await listPage(world);
      const ExclusiveStartBackupArn = backups[0]?.BackupArn;
      expect(await listedNames(world, { ExclusiveStartBackupArn })).toEqual(['second', 'third']);
    },
  },
  {
    name: 'the lower bound of a list is part of it, and the upper bound is not',
    tell: async (world) => {
      const [, second, third] = await threeBackups(world);
      expect(await listedNames(world, { TimeRangeLowerBound: second })).toEqual(['second', 'third']);
      expect(await listedNames(world, { TimeRangeUpperBound: third })).toEqual(['first', 'second']);
    },
  },
  {
    name: 'a lower bound above the upper bound is refused',
    tell: async (world) => {
      const bounds = { TimeRangeLowerBound: new Date(2_000), TimeRangeUpperBound: new Date(1_000) };
      expect(await errorOf(listPage(world, bounds))).toBe('ValidationException');
    },
  },
  {
    name: 'a page of more than a hundred is refused',
    tell: async (world) => {
      expect(await errorOf(listPage(world, { Limit: 101 }))).toBe('ValidationException');
    },
  },
  {
    name: 'the list of system backups has none of a user',
    tell: async (world) => {
      await threeBackups(world);
      expect(await listedNames(world, { BackupType: 'SYSTEM' })).toEqual([]);
      expect(await listedNames(world, { BackupType: 'ALL' })).toEqual(['first', 'second', 'third']);
    },
  },
  {
    name: 'a type of backup that there is not is refused',
    tell: async (world) => {
      const BackupType = 'WEEKLY' as BackupTypeFilter;
      expect(await errorOf(listPage(world, { BackupType }))).toBe('ValidationException');
    },
  },
];
