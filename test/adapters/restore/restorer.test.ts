import { describe, expect, it } from 'vitest';
import { createRestorer } from '../../../shared/adapters/restore/restorer.ts';
import type { RestoreSource } from '../../../shared/model/restore.ts';
import { backupsOf, createBackup } from '../../../sim/console/backups.ts';
import { openRegion } from '../../../sim/console/regions.ts';
import { createTable } from '../../../sim/console/tables.ts';
import { NOW, onAnswers } from '../connect.ts';
import { ACCOUNT, fullTable, restored, restoreWorld, sourceOf, TARGET } from './world.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

const pitrSource = (second: number): RestoreSource => ({
  kind: 'point-in-time',
  table: 'Orders',
  tableId: 'any',
  tableArn: `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/Orders`,
  second,
});

const withTable = (settings: Parameters<typeof restoreWorld>[0] = {}) => {
  const world = restoreWorld(settings);
  createTable(world.account, { name: 'Orders', createdAt: NOW - 10 * DAY, pitr: true });
  return world;
};

describe('starting a restore', () => {
  it('of a recovery point and of a second makes the table', async () => {
    const world = withTable();
    const source = await sourceOf(world, 'Orders');
    expect(await restored(world, source, 'FromPoint')).toMatchObject({
      kind: 'accepted',
      tableId: expect.any(String),
    });
    const second = Math.floor((NOW - 60 * MINUTE) / 1000) * 1000;
    expect(await restored(world, pitrSource(second), 'FromSecond')).toMatchObject({ kind: 'accepted' });
    expect(world.account.state.tables.get('FromSecond')?.restoredFrom).toMatchObject({ restoreAt: second });
    expect(await world.run(world.restorer.look('FromSecond'))).toMatchObject({
      kind: 'found',
      value: { status: 'ACTIVE', indexesUnderWay: [] },
    });
  });

  it.each(['timeout-after-effect', 'connection-reset-after-effect', 'timeout', 'internal-error'] as const)(
    'whose answer was lost is unknown, and was sent once: %s',
    async (kind) => {
      const world = withTable();
      const source = await sourceOf(world, 'Orders');
      world.account.faults.add({ operation: 'RestoreTableFromBackup', kind });
      world.recorder.reset();
      expect(await world.run(world.restorer.start(source, 'Back', {}))).toMatchObject({ kind: 'unknown' });
      expect(world.recorder.counts()).toMatchObject([{ operation: 'RestoreTableFromBackup', calls: 1 }]);
    },
  );

  it('that is throttled, which does nothing, is sent again', async () => {
    const world = withTable();
    const source = await sourceOf(world, 'Orders');
    world.account.faults.add({ operation: 'RestoreTableFromBackup', kind: 'throttle', times: 3 });
    expect(await world.run(world.restorer.start(source, 'Back', {}))).toMatchObject({ kind: 'accepted' });
  });

  it('of a backup that is being restored already is put off', async () => {
    const world = withTable();
    const source = await sourceOf(world, 'Orders');
    await world.run(world.restorer.start(source, 'One', {}));
    expect(await world.run(world.restorer.start(source, 'Two', {}))).toMatchObject({
      kind: 'deferred',
      failure: { code: 'BackupInUseException' },
    });
  });

  it('while fifty run is put off', async () => {
    const world = withTable();
    const started = Array.from({ length: 51 }, (_, at) =>
      world.restorer.start(pitrSource(NOW - DAY), `Back-${at}`, {}),
    );
    expect((await world.run(Promise.all(started))).at(-1)).toMatchObject({
      kind: 'deferred',
      failure: { code: 'LimitExceededException' },
    });
  });

  it.each([
    { name: 'a name that is taken', table: 'Orders', code: 'TableAlreadyExistsException' },
    {
      name: 'a second outside the window',
      table: 'Back',
      second: NOW - 60 * DAY,
      code: 'InvalidRestoreTimeException',
    },
  ])('is refused for $name', async ({ table, second = NOW - DAY, code }) => {
    const world = withTable();
    expect(await world.run(world.restorer.start(pitrSource(second), table, {}))).toMatchObject({
      kind: 'refused',
      failure: { code },
    });
  });

  it('is refused for a recovery point that is gone, and where it is not allowed', async () => {
    const world = withTable();
    const source = await sourceOf(world, 'Orders');
    const gone = {
      ...source,
      id: `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/Orders/backup/01234567890123-aaaaaaaa`,
    } as RestoreSource;
    expect(await world.run(world.restorer.start(gone, 'Back', {}))).toMatchObject({ kind: 'refused' });
    world.account.faults.add({
      operation: 'RestoreTableFromBackup',
      kind: 'access-denied',
      because: 'with an explicit deny in a service control policy',
    });
    expect(await world.run(world.restorer.start(source, 'Back', {}))).toMatchObject({
      kind: 'refused',
      failure: { denial: { by: 'organization', action: 'dynamodb:RestoreTableFromBackup' } },
    });
  });
});

describe('into another Region', () => {
  const elsewhere = () => {
    const world = withTable();
    const there = openRegion(world.account, 'eu-west-1');
    const restorer = createRestorer(
      { ...world.options, region: 'eu-west-1' },
      { ...TARGET, region: 'eu-west-1' },
    );
    return { ...world, there, restorer };
  };

  it('nothing is sent without saying how the table is encrypted there', async () => {
    const { run, restorer, recorder } = elsewhere();
    recorder.reset();
    expect(await run(restorer.start(pitrSource(NOW - DAY), 'Back', {}))).toMatchObject({
      kind: 'refused',
      failure: { code: 'key-not-given' },
    });
    expect(recorder.counts()).toEqual([]);
  });

  it('a table is made with the encryption that was given', async () => {
    const { run, restorer, there } = elsewhere();
    const start = await run(
      restorer.start(pitrSource(NOW - DAY), 'Back', { encryption: { kind: 'aws-owned' } }),
    );
    expect(start).toMatchObject({ kind: 'accepted' });
    expect(there.state.tables.get('Back')).toBeDefined();
  });
});

describe('what is sent', () => {
  const sentWith = async (overrides: Parameters<ReturnType<typeof createRestorer>['start']>[2]) => {
    const { sent, options, run } = onAnswers(() => ({ body: { TableDescription: {} } }));
    await run(createRestorer(options, TARGET).start(pitrSource(NOW), 'Back', overrides));
    const {
      SourceTableName: _name,
      TargetTableName: _target,
      RestoreDateTime: _second,
      ...more
    } = sent[0]?.input ?? {};
    return more;
  };
  const index = {
    name: 'by-day',
    keys: [{ name: 'day', role: 'HASH' }],
    projection: { type: 'INCLUDE', attributes: ['a'] },
    capacity: { reads: 5, writes: 6 },
    onDemandMaximum: { reads: 7, writes: 8 },
    warmThroughput: { reads: 9, writes: 9 },
  } as const;

  it.each([
    { name: 'nothing where nothing was chosen', overrides: {}, expected: {} },
    { name: 'no index', overrides: { globalIndexes: [] }, expected: { GlobalSecondaryIndexOverride: [] } },
    {
      name: 'an index member by member, without what costs or is refused',
      overrides: { globalIndexes: [index], billingMode: 'PAY_PER_REQUEST' },
      expected: {
        BillingModeOverride: 'PAY_PER_REQUEST',
        GlobalSecondaryIndexOverride: [
          {
            IndexName: 'by-day',
            KeySchema: [{ AttributeName: 'day', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] },
          },
        ],
      },
    },
    {
      name: 'a capacity where the table is provisioned',
      overrides: { globalIndexes: [index] },
      expected: {
        GlobalSecondaryIndexOverride: [
          expect.objectContaining({ ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 } }),
        ],
      },
    },
    {
      name: 'a key',
      overrides: { encryption: { kind: 'kms', keyArn: 'arn:k' } },
      expected: { SSESpecificationOverride: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'arn:k' } },
    },
    {
      name: 'the key that AWS manages, by naming none',
      overrides: { encryption: { kind: 'kms', keyArn: 'arn:k', isAwsManaged: true } },
      expected: { SSESpecificationOverride: { Enabled: true, SSEType: 'KMS' } },
    },
  ] as const)('is $name', async ({ overrides, expected }) =>
    expect(await sentWith(overrides)).toEqual(expected),
  );
});

describe('a look at what is made', () => {
  it('shows a table that is not there as missing, and one under way with its indexes', async () => {
    const world = restoreWorld({ restoredIndexMs: 9 * MINUTE });
    await fullTable(world);
    const source = await sourceOf(world, 'Orders');
    expect(await world.run(world.restorer.look('Back'))).toEqual({ kind: 'missing' });
    await world.run(world.restorer.start(source, 'Back', {}));
    expect(await world.run(world.restorer.look('Back'))).toMatchObject({ value: { status: 'CREATING' } });
    await world.pass(5 * MINUTE);
    expect(await world.run(world.restorer.look('Back'))).toMatchObject({
      value: { status: 'ACTIVE', indexesUnderWay: ['by-customer', 'by-day'] },
    });
  });

  it('is unreadable where it is not allowed', async () => {
    const world = withTable();
    world.account.faults.add({ operation: 'DescribeTable', kind: 'access-denied' });
    expect(await world.run(world.restorer.look('Orders'))).toMatchObject({
      kind: 'unreadable',
      failure: { denial: { action: 'dynamodb:DescribeTable' } },
    });
  });
});

it('a restore leaves its recovery point as it is', async () => {
  const world = withTable();
  createBackup(world.account, { table: 'Orders', name: 'other' });
  const source = await sourceOf(world, 'Orders');
  await restored(world, source, 'Back');
  expect(backupsOf(world.account, 'Orders')).toHaveLength(2);
});
