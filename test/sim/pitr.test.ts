import { DescribeContinuousBackupsCommand, UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTable, setPitr } from '../../sim/console/tables.ts';
import { enabledPitr, windowOf } from '../../sim/dynamodb/pitr.ts';
import type { PitrSetting } from '../../sim/dynamodb/table.ts';
import { DAY, failureOf, MINUTE, newTable, SECOND, START, simWorld } from './world.ts';

const TableName = 'Orders';

const pitrOf = async ({ dynamodb }: ReturnType<typeof simWorld>) => {
  const answer = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
  return answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
};

const change = (PointInTimeRecoveryEnabled: boolean, RecoveryPeriodInDays?: number) =>
  new UpdateContinuousBackupsCommand({
    TableName,
    PointInTimeRecoverySpecification: {
      PointInTimeRecoveryEnabled,
      ...(RecoveryPeriodInDays === undefined ? {} : { RecoveryPeriodInDays }),
    },
  });

const worldWithPitr = () => {
  const world = simWorld();
  createTable(world.account, { name: TableName, pitr: true });
  return world;
};

describe('the restorable window', () => {
  it('is not there while PITR is off', async () => {
    const world = simWorld();
    createTable(world.account, { name: TableName });
    expect(await pitrOf(world)).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
  });

  it('starts as the instant of switching on and ends five minutes back once it can', async () => {
    const world = simWorld();
    createTable(world.account, { name: TableName });
    await world.dynamodb.send(change(true));
    const enabled = {
      EarliestRestorableDateTime: new Date(START),
      LatestRestorableDateTime: new Date(START),
    };
    expect(await pitrOf(world)).toMatchObject({ ...enabled, RecoveryPeriodInDays: 35 });
    await world.clock.advanceBy(4 * MINUTE);
    expect(await pitrOf(world)).toMatchObject(enabled);
    await world.clock.advanceBy(6 * MINUTE);
    expect(await pitrOf(world)).toMatchObject({ LatestRestorableDateTime: new Date(START + 5 * MINUTE) });
  });

  it('reaches back as far as the period, not further', async () => {
    const world = worldWithPitr();
    await world.clock.advanceBy(40 * DAY);
    expect(await pitrOf(world)).toMatchObject({ EarliestRestorableDateTime: new Date(START + 5 * DAY) });
  });

  it('loses its past at once when the period gets shorter, and only grows with time when it gets longer', async () => {
    const world = worldWithPitr();
    await world.clock.advanceBy(40 * DAY);
    await world.dynamodb.send(change(true, 7));
    const shortened = START + 33 * DAY;
    expect(await pitrOf(world)).toMatchObject({ EarliestRestorableDateTime: new Date(shortened) });
    await world.dynamodb.send(change(true, 35));
    expect(await pitrOf(world)).toMatchObject({ EarliestRestorableDateTime: new Date(shortened) });
    await world.clock.advanceBy(20 * DAY);
    expect(await pitrOf(world)).toMatchObject({ EarliestRestorableDateTime: new Date(shortened) });
    await world.clock.advanceBy(10 * DAY);
    expect(await pitrOf(world)).toMatchObject({ EarliestRestorableDateTime: new Date(START + 35 * DAY) });
  });

  it('starts again after off and on, with a period of 35 days', async () => {
    const world = worldWithPitr();
    await world.dynamodb.send(change(true, 14));
    await world.clock.advanceBy(20 * DAY);
    setPitr(world.account, TableName, { enabled: false });
    setPitr(world.account, TableName, { enabled: true });
    expect(await pitrOf(world)).toMatchObject({
      EarliestRestorableDateTime: new Date(START + 20 * DAY),
      RecoveryPeriodInDays: 35,
    });
  });

  it('does not change when PITR is switched on where it is on', async () => {
    const world = worldWithPitr();
    await world.dynamodb.send(change(true, 14));
    await world.clock.advanceBy(DAY);
    const before = await pitrOf(world);
    await world.dynamodb.send(change(true));
    expect(await pitrOf(world)).toEqual(before);
  });

  it('never gains a past that was lost, and never ends before it starts', () => {
    const step = fc.record({
      days: fc.integer({ min: 0, max: 20 }),
      period: fc.integer({ min: 1, max: 35 }),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let now = 0;
        let pitr: PitrSetting = enabledPitr(undefined, now);
        let earliestBefore = 0;
        for (const { days, period } of steps) {
          now += days * DAY;
          pitr = enabledPitr(pitr, now, period);
          const { earliest, latest } = windowOf(pitr, now);
          expect(earliest).toBeGreaterThanOrEqual(earliestBefore);
          expect(now - earliest).toBeLessThanOrEqual(period * DAY);
          expect(latest).toBeGreaterThanOrEqual(Math.min(earliest, now - 300_000));
          earliestBefore = earliest;
        }
      }),
    );
  });
});

describe('UpdateContinuousBackups', () => {
  it.each([
    {
      name: 'a period of 36 days',
      send: change(true, 36),
      says: /Value '36' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to satisfy constraint: Member must have value less than or equal to 35$/,
    },
    {
      name: 'a period while switching off',
      send: change(false, 7),
      says: /^ValidationException: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery\.$/,
    },
  ])('refuses $name', async ({ send, says }) => {
    expect(await failureOf(worldWithPitr().dynamodb.send(send))).toMatch(says);
  });

  it('is refused until backups of a new table are possible', async () => {
    const { clock, dynamodb } = simWorld();
    await dynamodb.send(newTable(TableName));
    expect(await failureOf(dynamodb.send(change(true)))).toBe(
      'TableNotFoundException: Table not found: Orders',
    );
    await clock.advanceBy(6 * SECOND);
    expect(await failureOf(dynamodb.send(change(true)))).toMatch(/^ContinuousBackupsUnavailableException/);
    const described = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
    expect(described.ContinuousBackupsDescription?.ContinuousBackupsStatus).toBe('DISABLED');
    await clock.advanceBy(6 * SECOND);
    const changed = await dynamodb.send(change(true));
    expect(changed.ContinuousBackupsDescription).toMatchObject({
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
    });
  });
});
