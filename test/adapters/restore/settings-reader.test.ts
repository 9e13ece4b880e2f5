import { describe, expect, it } from 'vitest';
import { alarmsOf } from '../../../shared/adapters/restore/alarms.ts';
import { isStreamOf } from '../../../shared/adapters/restore/stream-readers.ts';
import { SETTING_FACETS, type SettingFacet } from '../../../shared/model/table-settings.ts';
import { makeGlobal } from '../../../sim/console/global-tables.ts';
import { openRegion } from '../../../sim/console/regions.ts';
import { createTable } from '../../../sim/console/tables.ts';
import { NOW } from '../connect.ts';
import { fullTable, read, restoreWorld } from './world.ts';

const HOUR = 3_600_000;

describe('the settings of a table', () => {
  it('are read as they are', async () => {
    const world = restoreWorld();
    const { streamArn } = await fullTable(world);
    const { settings, gaps } = await read(world, 'Orders');
    expect(gaps).toEqual([]);
    expect(Object.keys(settings)).toEqual([...SETTING_FACETS]);
    expect(settings).toMatchObject({
      shape: {
        keys: [
          { name: 'pk', role: 'HASH' },
          { name: 'sk', role: 'RANGE' },
        ],
        billingMode: 'PROVISIONED',
        capacity: { reads: 10, writes: 10 },
        warmThroughput: { reads: 31_000, writes: 9_000 },
        tableClass: 'STANDARD_INFREQUENT_ACCESS',
        deletionProtection: true,
        encryption: { kind: 'kms', keyArn: 'arn:aws:kms:us-east-1:111122223333:key/key-of-Orders' },
        stream: { viewType: 'NEW_AND_OLD_IMAGES', arn: streamArn },
        globalIndexes: [{ name: 'by-customer', capacity: { reads: 7, writes: 7 } }, { name: 'by-day' }],
        localIndexes: [{ name: 'of-pk-by-day', projection: { type: 'KEYS_ONLY' } }],
      },
      tags: { team: 'shop', 'backup:policy': 'standard' },
      ttl: { attribute: 'expires' },
      pitr: { enabled: true, recoveryPeriodDays: 14 },
      insights: [
        { status: 'ENABLED', mode: 'THROTTLED_KEYS' },
        { index: 'by-customer', status: 'ENABLED', mode: 'ACCESSED_AND_THROTTLED_KEYS' },
      ],
      kinesis: [{ status: 'ACTIVE', precision: 'MICROSECOND' }],
      replicas: [],
    });
    expect(settings['auto-scaling']?.targets).toHaveLength(6);
    expect(settings['auto-scaling']?.rules).toHaveLength(7);
    expect(
      settings.attachments?.map(({ kind, id }) => (kind === 'event-source-mapping' ? kind : id)),
    ).toEqual(['Orders-share', 'Orders-throttled', 'Orders-unwell', 'event-source-mapping', 'Orders-pipe']);
  });

  it('that are off are none', async () => {
    const world = restoreWorld();
    createTable(world.account, { name: 'Plain', createdAt: NOW - HOUR });
    const { settings, gaps } = await read(world, 'Plain');
    expect(gaps).toEqual([]);
    expect(settings).toMatchObject({
      tags: {},
      ttl: null,
      pitr: { enabled: false },
      'resource-policy': null,
      'stream-policy': null,
      insights: [],
      kinesis: [],
      'auto-scaling': { targets: [], rules: [] },
      replicas: [],
      attachments: [],
    });
    expect(settings.shape).toMatchObject({
      billingMode: 'PAY_PER_REQUEST',
      tableClass: 'STANDARD',
      encryption: { kind: 'aws-owned' },
    });
    expect(settings.shape).not.toHaveProperty('capacity');
    expect(settings.shape).not.toHaveProperty('stream');
  });

  it('say of a global table with strong consistency what witnesses it', async () => {
    const world = restoreWorld();
    createTable(world.account, { name: 'Ledger', createdAt: NOW - HOUR });
    for (const region of ['us-west-2', 'us-east-2']) openRegion(world.account, region);
    expect((await read(world, 'Ledger')).settings.shape).not.toHaveProperty('strongConsistency');
    await makeGlobal(world.account, 'Ledger', { regions: ['us-west-2'], witness: 'us-east-2' });
    const { settings, gaps } = await read(world, 'Ledger');
    expect(gaps).toEqual([]);
    expect(settings.shape?.strongConsistency).toEqual({ witnesses: ['us-east-2'] });
    expect(settings.replicas).toMatchObject([{ region: 'us-west-2' }]);
  });

  it('read the same when nothing changed, however long ago', async () => {
    const world = restoreWorld({ tagLagMs: 0 });
    await fullTable(world);
    const first = await read(world, 'Orders');
    await world.pass(30 * HOUR);
    expect(JSON.stringify(await read(world, 'Orders'))).toBe(JSON.stringify(first));
  });

  it('are read a facet at a time, with no other call', async () => {
    const world = restoreWorld();
    await fullTable(world);
    world.recorder.reset();
    const { settings } = await world.run(world.reader().read('Orders', ['ttl']));
    expect(settings).toEqual({ ttl: { attribute: 'expires' } });
    expect(world.recorder.counts().map(({ operation }) => operation)).toEqual([
      'DescribeTable',
      'DescribeTimeToLive',
    ]);
  });
});

const READS: readonly (readonly [operation: string, facets: readonly SettingFacet[]])[] = [
  ['ListTagsOfResource', ['tags']],
  ['DescribeTimeToLive', ['ttl']],
  ['DescribeContinuousBackups', ['pitr']],
  ['GetResourcePolicy', ['resource-policy', 'stream-policy']],
  ['ListContributorInsights', ['insights']],
  ['DescribeKinesisStreamingDestination', ['kinesis']],
  ['DescribeScalableTargets', ['auto-scaling']],
  ['DescribeScalingPolicies', ['auto-scaling']],
  ['DescribeScheduledActions', ['auto-scaling']],
  ['DescribeAlarms', ['attachments']],
  ['ListEventSourceMappings', ['attachments']],
  ['ListPipes', ['attachments']],
  ['DescribePipe', ['attachments']],
  ['DescribeTable', SETTING_FACETS],
];

describe('what may not be read', () => {
  it.each(READS)('is a gap with its failure: %s', async (operation, facets) => {
    const world = restoreWorld();
    await fullTable(world);
    world.account.faults.add({ operation, kind: 'access-denied' });
    const { settings, gaps } = await read(world, 'Orders');
    expect(gaps.map(({ facet }) => facet)).toEqual([...facets]);
    expect(gaps[0]?.failure).toMatchObject({ operation, denial: { by: 'role-lacks' } });
    const known = SETTING_FACETS.filter((facet) =>
      facet === 'attachments' ? operation !== 'DescribeTable' : !facets.includes(facet),
    );
    expect(Object.keys(settings)).toEqual(known);
  });

  it('of one service hides nothing of the others', async () => {
    const world = restoreWorld();
    await fullTable(world);
    world.account.faults.add({ operation: 'ListPipes', kind: 'access-denied' });
    const { settings } = await read(world, 'Orders');
    expect(new Set(settings.attachments?.map(({ kind }) => kind))).toEqual(
      new Set(['alarm', 'event-source-mapping']),
    );
  });

  it('because there is no table is a gap in everything', async () => {
    const { settings, gaps } = await read(restoreWorld(), 'Nowhere');
    expect(settings).toEqual({});
    expect(gaps.map(({ facet }) => facet)).toEqual([...SETTING_FACETS]);
    expect(gaps[0]?.failure).toMatchObject({ code: 'not-there' });
  });
});

it('lists of the whole account are read once for all tables', async () => {
  const world = restoreWorld();
  await fullTable(world);
  await fullTable(world, { name: 'Carts' });
  world.recorder.reset();
  const reader = world.reader();
  const [orders, carts] = await world.run(Promise.all([reader.read('Orders'), reader.read('Carts')]));
  const calls = new Map(world.recorder.counts().map((count) => [count.operation, count.calls]));
  expect([calls.get('DescribeAlarms'), calls.get('ListEventSourceMappings'), calls.get('ListPipes')]).toEqual(
    [1, 1, 1],
  );
  expect(orders.settings.attachments).toHaveLength(5);
  expect(
    carts.settings.attachments?.every(({ content }) => !JSON.stringify(content).includes('Orders')),
  ).toBe(true);
});

it('lists that come in short pages are read to their end', async () => {
  const world = restoreWorld({ shortPages: 0.7 });
  await fullTable(world);
  const { settings, gaps } = await read(world, 'Orders');
  expect(gaps).toEqual([]);
  expect(settings.attachments).toHaveLength(5);
  expect(settings['auto-scaling']?.rules).toHaveLength(7);
});

describe('alarms of a table', () => {
  const alarm = (id: string, tables: readonly string[], rule?: string) => ({
    attachment: { kind: 'alarm', id, content: {} } as const,
    tables,
    ...(rule !== undefined && { rule }),
  });

  it.each([
    { name: 'in quotes', rule: 'ALARM("a")' },
    { name: 'without quotes', rule: 'NOT OK( a )' },
    { name: 'by ARN', rule: "INSUFFICIENT_DATA('arn:aws:cloudwatch:us-east-1:111122223333:alarm:a')" },
    { name: 'among others', rule: 'ALARM("x") AND (ALARM("y") OR ALARM("a"))' },
  ])('are the composite ones that name one of them $name', ({ rule }) => {
    const all = [
      alarm('all', [], 'ALARM(b)'),
      alarm('b', [], rule),
      alarm('a', ['Orders']),
      alarm('x', ['Carts']),
    ];
    expect(alarmsOf('Orders', all).map(({ id }) => id)).toEqual(['all', 'b', 'a']);
  });

  it('are not those of a name that only begins so', () => {
    expect(alarmsOf('Orders', [alarm('a', ['Orders-old']), alarm('b', [], 'ALARM("a")')])).toEqual([]);
  });
});

it.each([
  ['arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2026-01-01T00:00:00.000', true],
  ['arn:aws:dynamodb:us-east-1:111122223333:table/Orders-old/stream/2026-01-01T00:00:00.000', false],
  ['arn:aws:kinesis:us-east-1:111122223333:stream/Orders', false],
])('%s is a stream of Orders: %s', (arn, expected) => expect(isStreamOf(arn, 'Orders')).toBe(expected));
