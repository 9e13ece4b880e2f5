import {
  DescribeContinuousBackupsCommand,
  type PointInTimeRecoveryDescription,
  type PointInTimeRecoverySpecification,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { errorOf, makeTables } from '../doing.ts';
import type { Story, World } from '../story.ts';

/** Switches point-in-time recovery, and returns what the answer says of it. */
export const switchPitr = async (
  { dynamodb }: World,
  TableName: string,
  PointInTimeRecoverySpecification: PointInTimeRecoverySpecification,
): Promise<PointInTimeRecoveryDescription> => {
  const command = new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification });
  const { ContinuousBackupsDescription } = await dynamodb.send(command);
  return ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
};

const readAll = async ({ dynamodb }: World, TableName: string) => {
  const answer = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
  return answer.ContinuousBackupsDescription;
};

const readPitr = async (world: World, table: string): Promise<PointInTimeRecoveryDescription> =>
  (await readAll(world, table))?.PointInTimeRecoveryDescription ?? {};

const ON = { PointInTimeRecoveryEnabled: true };
const OFF = { PointInTimeRecoveryEnabled: false };

export const PITR_STORIES: readonly Story[] = [
  {
    name: 'point-in-time recovery of a new table is off, while its continuous backups say that they are on',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const answer = await readAll(world, 'orders');
      expect(answer?.PointInTimeRecoveryDescription).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
      expect(answer?.ContinuousBackupsStatus).toBe('ENABLED');
    },
  },
  {
    name: 'point-in-time recovery that is switched on lasts 35 days and has a window',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      await switchPitr(world, 'orders', ON);
      const pitr = await readPitr(world, 'orders');
      expect(pitr).toMatchObject({ PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35 });
      const { EarliestRestorableDateTime: earliest, LatestRestorableDateTime: latest } = pitr;
      expect(earliest).toBeInstanceOf(Date);
      expect(latest?.getTime()).toBeGreaterThanOrEqual(earliest?.getTime() ?? Number.NaN);
    },
  },
  {
    name: 'point-in-time recovery keeps the period it is given, when it is on already too',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const seven = await switchPitr(world, 'orders', { ...ON, RecoveryPeriodInDays: 7 });
      expect(seven.RecoveryPeriodInDays).toBe(7);
      const fourteen = await switchPitr(world, 'orders', { ...ON, RecoveryPeriodInDays: 14 });
      expect(fourteen.RecoveryPeriodInDays).toBe(14);
      expect((await readPitr(world, 'orders')).RecoveryPeriodInDays).toBe(14);
    },
  },
  {
    name: 'a period of point-in-time recovery under 1 or over 35 days is refused',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      for (const RecoveryPeriodInDays of [0, 36]) {
        const wish = { ...ON, RecoveryPeriodInDays };
        expect(await errorOf(switchPitr(world, 'orders', wish))).toBe('ValidationException');
      }
    },
  },
  {
    name: 'point-in-time recovery that is switched off has neither window nor period',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      await switchPitr(world, 'orders', { ...ON, RecoveryPeriodInDays: 7 });
      await switchPitr(world, 'orders', OFF);
      expect(await readPitr(world, 'orders')).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
    },
  },
  {
    name: 'switching point-in-time recovery off and on again forgets the period',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      await switchPitr(world, 'orders', { ...ON, RecoveryPeriodInDays: 7 });
      await switchPitr(world, 'orders', OFF);
      expect((await switchPitr(world, 'orders', ON)).RecoveryPeriodInDays).toBe(35);
    },
  },
  {
    name: 'a table that is not there has no point-in-time recovery, to read or to switch',
    tell: async (world) => {
      expect(await errorOf(readAll(world, 'nowhere'))).toBe('TableNotFoundException');
      expect(await errorOf(switchPitr(world, 'nowhere', ON))).toBe('TableNotFoundException');
    },
  },
];
