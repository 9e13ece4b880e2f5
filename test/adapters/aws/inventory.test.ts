import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/model/instant.ts';
import { createTable, deleteTable, setPitr } from '../../../sim/console/tables.ts';
import { asRead, gapText } from '../../support/failures.ts';
import { NOW, onAnswers, onSim } from '../connect.ts';
import { denied, estate, LONG_AGO, nameOf } from '../estate.ts';

describe('table names', () => {
  it.each([0, 100, 101, 250])('are all listed, tagged or not: %d', async (count) => {
    const { inventory, run } = estate(count);
    const listing = await run(inventory.listTableNames());
    expect(listing).toEqual({ items: Array.from({ length: count }, (_, index) => nameOf(index)) });
  });

  it('are a gap when they may not be read', async () => {
    const { account, inventory, run } = estate(3);
    account.faults.add(denied('ListTables'));
    expect(gapText(await run(inventory.listTableNames()))).toContain(
      'ListTables: AccessDeniedException: User: arn:',
    );
  });
});

describe('a table', () => {
  it('is described in our words', async () => {
    const { account, inventory, run } = onSim();
    const table = createTable(account, { name: 'Orders', sizeBytes: 5_000, createdAt: LONG_AGO });
    expect(await run(inventory.describeTable('Orders'))).toEqual({
      kind: 'found',
      value: { tableId: table.id, status: 'ACTIVE', createdAt: LONG_AGO, sizeBytes: 5_000 },
    });
  });

  it('made again under its name is another', async () => {
    const { account, inventory, run } = onSim();
    createTable(account, { name: 'Orders' });
    const first = await run(inventory.describeTable('Orders'));
    deleteTable(account, 'Orders');
    createTable(account, { name: 'Orders' });
    expect(await run(inventory.describeTable('Orders'))).not.toEqual(first);
  });

  it('without an id goes by its name', async () => {
    const Table = { TableName: 'Orders', TableStatus: 'ACTIVE', CreationDateTime: NOW / 1000 };
    const { inventory, run } = onAnswers(() => ({ body: { Table } }));
    const value = { tableId: 'Orders', status: 'ACTIVE', createdAt: NOW, sizeBytes: 0 };
    expect(await run(inventory.describeTable('Orders'))).toEqual({ kind: 'found', value });
  });

  it.each([
    { name: 'no table at all', Table: undefined, lacks: 'TableId' },
    { name: 'no date', Table: { TableId: 'x', TableStatus: 'ACTIVE' }, lacks: 'CreationDateTime' },
    { name: 'a status nobody knows', Table: { TableId: 'x', TableStatus: 'MOVING' }, lacks: 'MOVING' },
    {
      name: 'a status that only JavaScript knows',
      Table: { TableId: 'x', TableStatus: 'constructor', CreationDateTime: 1 },
      lacks: 'constructor',
    },
    {
      name: 'a date before all tables',
      Table: { TableId: 'x', TableStatus: 'ACTIVE', CreationDateTime: -1 },
      lacks: 'CreationDateTime',
    },
    { name: 'an id that is a number', Table: { TableId: 7, TableStatus: 'ACTIVE' }, lacks: 'TableId' },
  ])('whose answer has $name is unreadable', async ({ Table, lacks }) => {
    const { inventory, run } = onAnswers(() => ({ body: { Table } }));
    const reading = await run(inventory.describeTable('Orders'));
    expect(asRead(reading)).toEqual({
      kind: 'unreadable',
      reason: expect.stringMatching(`^DescribeTable: .*${lacks}`),
    });
  });

  it.each(['access-denied', 'throttle', 'internal-error', 'timeout', 'connection-reset'] as const)(
    'is unreadable, never missing, after: %s',
    async (kind) => {
      const { account, inventory, run } = estate(1);
      account.faults.add({ operation: '*', kind });
      expect((await run(inventory.describeTable(nameOf(0)))).kind).toBe('unreadable');
      expect((await run(inventory.readPitr(nameOf(0)))).kind).toBe('unreadable');
    },
  );

  it.each(['throttle', 'internal-error', 'timeout', 'connection-reset'] as const)(
    'is read in spite of two times: %s',
    async (kind) => {
      const { account, inventory, run } = estate(1);
      account.faults.add({ operation: '*', kind, times: 2 });
      expect((await run(inventory.describeTable(nameOf(0)))).kind).toBe('found');
    },
  );
});

describe('point-in-time recovery', () => {
  it('is off without a window', async () => {
    const { account, inventory, run } = onSim();
    createTable(account, { name: 'Orders', createdAt: LONG_AGO });
    expect(await run(inventory.readPitr('Orders'))).toEqual({ kind: 'found', value: { enabled: false } });
  });

  it('is on with its period and its window', async () => {
    const { account, inventory, run } = onSim();
    createTable(account, { name: 'Orders', createdAt: LONG_AGO, pitr: { recoveryPeriodDays: 7 } });
    expect(await run(inventory.readPitr('Orders'))).toEqual({
      kind: 'found',
      value: {
        enabled: true,
        recoveryPeriodDays: 7,
        earliestRestorableAt: NOW - 7 * DAY_MS,
        latestRestorableAt: NOW - 5 * MINUTE_MS,
      },
    });
  });

  it('that is switched off and on again starts over', async () => {
    const { account, inventory, run, clock } = onSim();
    createTable(account, { name: 'Orders', createdAt: LONG_AGO, pitr: true });
    setPitr(account, 'Orders', { enabled: false });
    setPitr(account, 'Orders', { enabled: true });
    await clock.advanceBy(HOUR_MS);
    const reading = await run(inventory.readPitr('Orders'));
    expect(reading).toMatchObject({ value: { enabled: true, earliestRestorableAt: NOW } });
  });

  it('of a table that is not there is missing', async () => {
    const { inventory, run } = onSim();
    expect(await run(inventory.readPitr('Orders'))).toEqual({ kind: 'missing' });
  });

  it.each([
    {
      name: 'by its own status',
      PointInTimeRecoveryStatus: 'DISABLED',
      reading: { kind: 'found', value: { enabled: false } },
    },
    {
      name: 'not at all from an unknown status',
      PointInTimeRecoveryStatus: 'PAUSED',
      reading: expect.objectContaining({ kind: 'unreadable' }),
    },
    {
      name: 'not as on while nothing says how far it reaches',
      PointInTimeRecoveryStatus: 'ENABLED',
      reading: expect.objectContaining({ kind: 'unreadable' }),
    },
  ])('is read $name, never from ContinuousBackupsStatus', async ({ PointInTimeRecoveryStatus, reading }) => {
    const PointInTimeRecoveryDescription = { PointInTimeRecoveryStatus };
    const ContinuousBackupsDescription = {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription,
    };
    const { inventory, run } = onAnswers(() => ({ body: { ContinuousBackupsDescription } }));
    expect(await run(inventory.readPitr('Orders'))).toEqual(reading);
  });
});

describe('the names of all tables', () => {
  it.each([
    { name: 'no list', body: {}, items: [], gap: 'ListTables: the answer has no TableNames' },
    {
      name: 'a text',
      body: { TableNames: 'Orders' },
      items: [],
      gap: 'ListTables: the answer has no TableNames',
    },
    {
      name: 'a null',
      body: { TableNames: ['Orders', null] },
      items: ['Orders'],
      gap: 'ListTables: an entry is no name',
    },
    { name: 'a number', body: { TableNames: [7] }, items: [], gap: 'ListTables: an entry is no name' },
  ])('are a gap where there is $name', async ({ body, items, gap }) => {
    const { inventory, run } = onAnswers(() => ({ body }));
    expect(asRead(await run(inventory.listTableNames()))).toEqual({ items, gap });
  });
});

describe('many tables', () => {
  it('are read at the documented rate without one throttled call', async () => {
    const { account, inventory, run, clock, recorder } = estate(60);
    await run(Promise.all(Array.from({ length: 60 }, (_, index) => inventory.readPitr(nameOf(index)))));
    expect(recorder.counts()).toEqual([{ operation: 'DescribeContinuousBackups', calls: 60, throttles: 0 }]);
    expect(account.calls.throttlesOf('DescribeContinuousBackups')).toBe(0);
    expect(clock.now() - NOW).toBeGreaterThan((60 / 10 - 1) * SECOND_MS);
  });

  it('count every attempt and every throttle', async () => {
    const { account, inventory, run, recorder } = estate(1);
    account.faults.add({ operation: 'DescribeTable', kind: 'throttle', times: 2 });
    await run(inventory.describeTable(nameOf(0)));
    expect(recorder.counts()).toEqual([{ operation: 'DescribeTable', calls: 3, throttles: 2 }]);
    account.faults.add({ operation: 'ListTables', kind: 'internal-error', times: 2 });
    recorder.reset();
    await run(inventory.listTableNames());
    expect(recorder.counts()).toEqual([{ operation: 'ListTables', calls: 3, throttles: 0 }]);
    recorder.reset();
    expect(recorder.counts()).toEqual([]);
  });
});
