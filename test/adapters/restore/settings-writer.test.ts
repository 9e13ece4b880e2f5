import { describe, expect, it } from 'vitest';
import { createSettingsWriter } from '../../../shared/adapters/restore/settings-writer.ts';
import type { SettingStep } from '../../../shared/model/restore.ts';
import { openRegion } from '../../../sim/console/regions.ts';
import { createTable } from '../../../sim/console/tables.ts';
import { holdUpdating, setKey } from '../../../sim/console/trouble.ts';
import type { Fault } from '../../../sim/faults.ts';
import { NOW, optionsOn } from '../connect.ts';
import { applied, read, restoreWorld, TARGET } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const KINESIS = 'arn:aws:kinesis:us-east-1:111122223333:stream/changes';

type Settings = Parameters<typeof restoreWorld>[0];

const withTable = (settings: Settings = {}) => {
  const world = restoreWorld(settings);
  createTable(world.account, { name: 'Back', createdAt: NOW - HOUR });
  return {
    ...world,
    apply: (step: SettingStep) => applied(world, 'Back', step),
    settings: async () => (await read(world, 'Back')).settings,
  };
};

const refusal = (operation: string, code: string, message: string, more: Partial<Fault> = {}): Fault => ({
  operation,
  kind: 'internal-error',
  answer: { code, message, status: 400 },
  ...more,
});

const STEPS: readonly { readonly step: SettingStep; readonly operation: string; readonly reads: string }[] = [
  { step: { kind: 'deletion-protection', on: true }, operation: 'UpdateTable', reads: 'DescribeTable' },
  { step: { kind: 'tags', tags: { app: 'shop' } }, operation: 'TagResource', reads: 'ListTagsOfResource' },
  {
    step: { kind: 'pitr', recoveryPeriodDays: 7 },
    operation: 'UpdateContinuousBackups',
    reads: 'DescribeContinuousBackups',
  },
  { step: { kind: 'stream', viewType: 'NEW_IMAGE' }, operation: 'UpdateTable', reads: 'DescribeTable' },
  {
    step: { kind: 'table-class', tableClass: 'STANDARD_INFREQUENT_ACCESS' },
    operation: 'UpdateTable',
    reads: 'DescribeTable',
  },
  {
    step: {
      kind: 'resource-policy',
      of: 'table',
      policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"dynamodb:GetItem","Resource":"arn:aws:dynamodb:us-east-1:111122223333:table/Back"}]}',
    },
    operation: 'PutResourcePolicy',
    reads: 'GetResourcePolicy',
  },
  {
    step: { kind: 'insights' },
    operation: 'UpdateContributorInsights',
    reads: 'DescribeContributorInsights',
  },
  {
    step: { kind: 'kinesis', streamArn: KINESIS, precision: 'MICROSECOND' },
    operation: 'EnableKinesisStreamingDestination',
    reads: 'DescribeKinesisStreamingDestination',
  },
  {
    step: {
      kind: 'scalable-target',
      target: { resourceId: 'table/Back', dimension: 'dynamodb:table:ReadCapacityUnits', min: 1, max: 9 },
    },
    operation: 'RegisterScalableTarget',
    reads: 'DescribeScalableTargets',
  },
  { step: { kind: 'ttl', attribute: 'expires' }, operation: 'UpdateTimeToLive', reads: 'DescribeTimeToLive' },
];

describe.each(STEPS)('the step $step.kind', ({ step, operation, reads }) => {
  it('is done once, and is as it was after that', async () => {
    const { apply, pass, recorder } = withTable();
    expect(await apply(step)).toEqual({ kind: 'done' });
    await pass(5 * MINUTE);
    recorder.reset();
    expect(await apply(step)).toEqual({ kind: 'as-it-was' });
    expect(recorder.counts().map((count) => count.operation)).not.toContain(operation);
  });

  it('is done although the answer was lost', async () => {
    const { apply, account, pass } = withTable();
    account.faults.add({ operation, kind: 'connection-reset-after-effect', times: 1 });
    // What takes a while to come into force is waited for.
    const first = await apply(step);
    expect(first.kind).toBe(step.kind === 'kinesis' ? 'deferred' : 'done');
    await pass(5 * MINUTE);
    expect(await apply(step)).toEqual({ kind: 'as-it-was' });
  });

  it.each([
    { call: operation, name: 'the change' },
    { call: reads, name: 'the look before it' },
  ])('fails with the action where $name is not allowed', async ({ call }) => {
    const { apply, account } = withTable();
    account.faults.add({ operation: call, kind: 'access-denied' });
    expect(await apply(step)).toMatchObject({
      kind: 'failed',
      failure: { operation: call, denial: { by: 'role-lacks' } },
    });
  });

  it('is deferred while the service throttles or does not answer', async () => {
    for (const kind of ['throttle', 'timeout'] as const) {
      const { apply, account } = withTable();
      account.faults.add({ operation, kind });
      expect(await apply(step)).toMatchObject({ kind: 'deferred', failure: { operation } });
    }
  });

  it('is deferred while the table is being changed', async () => {
    const { apply, account } = withTable();
    account.faults.add(refusal(operation, 'ResourceInUseException', 'Table is being updated: Back'));
    expect(await apply(step)).toMatchObject({
      kind: 'deferred',
      failure: { code: 'ResourceInUseException' },
    });
  });

  it('fails with the words of the service where it is wrong', async () => {
    const { apply, account } = withTable();
    account.faults.add(refusal(operation, 'ValidationException', 'that is not possible'));
    expect(await apply(step)).toMatchObject({ kind: 'failed', failure: { message: 'that is not possible' } });
  });
});

it('a table that is not visible yet is waited for, whatever the step', async () => {
  for (const { step } of STEPS.filter(
    ({ step: { kind } }) => kind !== 'scalable-target' && kind !== 'resource-policy',
  )) {
    const world = restoreWorld();
    expect(await applied(world, 'Nowhere', step)).toMatchObject({ kind: 'deferred' });
  }
});

it('a table that stays UPDATING holds up only what is a change of the table', async () => {
  const { apply, account, pass } = withTable();
  holdUpdating(account, 'Back', 70 * MINUTE);
  expect(await apply({ kind: 'stream', viewType: 'KEYS_ONLY' })).toMatchObject({
    kind: 'deferred',
    failure: { code: 'not-ready', message: 'the table is UPDATING' },
  });
  expect(await apply({ kind: 'tags', tags: { app: 'shop' } })).toEqual({ kind: 'done' });
  await pass(71 * MINUTE);
  expect(await apply({ kind: 'stream', viewType: 'KEYS_ONLY' })).toEqual({ kind: 'done' });
});

describe('a stream', () => {
  it('of another type is switched off, then on, with another ARN', async () => {
    const { apply, pass, settings } = withTable();
    await apply({ kind: 'stream', viewType: 'KEYS_ONLY' });
    await pass(MINUTE);
    const before = (await settings()).shape?.stream?.arn;
    expect(await apply({ kind: 'stream', viewType: 'NEW_IMAGE' })).toMatchObject({
      kind: 'failed',
      failure: { code: 'not-as-asked' },
    });
    expect(await apply({ kind: 'stream-off', viewType: 'KEYS_ONLY' })).toEqual({ kind: 'done' });
    await pass(MINUTE);
    expect(await apply({ kind: 'stream', viewType: 'NEW_IMAGE' })).toEqual({ kind: 'done' });
    await pass(MINUTE);
    expect((await settings()).shape?.stream).toMatchObject({ viewType: 'NEW_IMAGE' });
    expect((await settings()).shape?.stream?.arn).not.toBe(before);
  });

  it('that was switched on again is not switched off by a step that is made twice', async () => {
    const { apply, pass } = withTable();
    await apply({ kind: 'stream', viewType: 'NEW_IMAGE' });
    await pass(MINUTE);
    expect(await apply({ kind: 'stream-off', viewType: 'KEYS_ONLY' })).toEqual({ kind: 'as-it-was' });
  });

  it('gets its policy once it is there, by its label', async () => {
    const { apply, pass, settings } = withTable();
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '111122223333' },
          Action: 'dynamodb:GetRecords',
          Resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/Back/stream/{label of the new stream}',
        },
      ],
    });
    const step: SettingStep = { kind: 'resource-policy', of: 'stream', policy };
    expect(await apply(step)).toMatchObject({ kind: 'deferred', failure: { code: 'not-ready' } });
    await apply({ kind: 'stream', viewType: 'NEW_IMAGE' });
    await pass(MINUTE);
    expect(await apply(step)).toEqual({ kind: 'done' });
    const { shape, 'stream-policy': put } = await settings();
    expect(JSON.parse(put ?? '{}').Statement[0].Resource).toBe(shape?.stream?.arn);
  });
});

describe('TTL', () => {
  const on = (attribute: string): SettingStep => ({ kind: 'ttl', attribute });

  it('of another attribute is off now, and on in an hour', async () => {
    const { apply, pass, clock, settings } = withTable();
    await apply(on('old'));
    await pass(2 * HOUR);
    const now = clock.now();
    expect(await apply(on('new'))).toMatchObject({ kind: 'not-before', at: expect.closeTo(now + HOUR, -4) });
    expect((await settings()).ttl).toBeNull();
    expect(await apply(on('new'))).toMatchObject({
      kind: 'not-before',
      failure: { code: 'ValidationException' },
    });
    await pass(HOUR);
    expect(await apply(on('new'))).toEqual({ kind: 'done' });
    expect((await settings()).ttl).toEqual({ attribute: 'new' });
  });

  it('that is being switched is waited for', async () => {
    const { apply, pass } = withTable({ ttlSwitchMs: 40 * MINUTE, ttlChangeMs: 0 });
    await apply(on('old'));
    expect(await apply(on('new'))).toMatchObject({
      kind: 'deferred',
      failure: { message: 'TTL is ENABLING' },
    });
    expect(await apply(on('old'))).toEqual({ kind: 'as-it-was' });
    await pass(HOUR);
    expect(await apply(on('new'))).toMatchObject({ kind: 'not-before' });
    expect(await apply(on('new'))).toMatchObject({
      kind: 'deferred',
      failure: { message: 'TTL is DISABLING' },
    });
  });
});

it.each([4 * MINUTE, 11 * MINUTE])(
  'point-in-time recovery that is unavailable for %i ms is deferred until then',
  async (ms) => {
    const { apply, account, pass, clock } = withTable();
    const message = 'Backups are being enabled for the table: Back. Please retry later';
    account.faults.add(
      refusal('UpdateContinuousBackups', 'ContinuousBackupsUnavailableException', message, {
        until: clock.now() + ms,
      }),
    );
    expect(await apply({ kind: 'pitr', recoveryPeriodDays: 7 })).toMatchObject({ kind: 'deferred' });
    await pass(ms);
    expect(await apply({ kind: 'pitr', recoveryPeriodDays: 7 })).toEqual({ kind: 'done' });
  },
);

it('point-in-time recovery is never shortened', async () => {
  const { apply, settings } = withTable();
  await apply({ kind: 'pitr', recoveryPeriodDays: 35 });
  expect(await apply({ kind: 'pitr', recoveryPeriodDays: 7 })).toEqual({ kind: 'as-it-was' });
  expect((await settings()).pitr).toEqual({ enabled: true, recoveryPeriodDays: 35 });
});

describe('Kinesis', () => {
  const to = (streamArn: string, precision: string): SettingStep => ({
    kind: 'kinesis',
    streamArn,
    precision,
  });

  it('that is ENABLING is waited for; another precision is changed', async () => {
    const { apply, pass, settings } = withTable();
    expect(await apply(to(KINESIS, 'MILLISECOND'))).toEqual({ kind: 'done' });
    expect(await apply(to(KINESIS, 'MILLISECOND'))).toMatchObject({
      kind: 'deferred',
      failure: { code: 'not-ready' },
    });
    await pass(MINUTE);
    expect(await apply(to(KINESIS, 'MICROSECOND'))).toEqual({ kind: 'done' });
    await pass(MINUTE);
    expect(await apply(to(KINESIS, 'MICROSECOND'))).toEqual({ kind: 'as-it-was' });
    expect((await settings()).kinesis).toMatchObject([{ status: 'ACTIVE', precision: 'MICROSECOND' }]);
  });

  it('is not sent where changes go to another stream', async () => {
    const { apply, pass } = withTable();
    await apply(to(`${KINESIS}-other`, 'MILLISECOND'));
    await pass(MINUTE);
    expect(await apply(to(KINESIS, 'MILLISECOND'))).toMatchObject({
      kind: 'failed',
      failure: { code: 'not-as-asked' },
    });
  });
});

it.each([
  { name: 'at once', insightsMs: 0, outcome: 'failed' },
  { name: 'after a while', insightsMs: MINUTE, outcome: 'done' },
])('insights that are FAILED $name are shown with the reason', async ({ insightsMs, outcome }) => {
  const { apply, pass, settings } = withTable({ leftInsightsRules: ['Back'], insightsMs });
  expect((await apply({ kind: 'insights' })).kind).toBe(outcome);
  await pass(2 * MINUTE);
  expect((await settings()).insights).toMatchObject([{ status: 'FAILED', reason: expect.any(String) }]);
});

describe('indexes', () => {
  const index = (name: string): SettingStep => ({
    kind: 'global-index',
    index: { name: `by-${name}`, keys: [{ name, role: 'HASH' }], projection: { type: 'ALL' } },
    attributes: [{ name, type: 'S' }],
  });

  it('are built one by one, and go on after an interruption', async () => {
    const { apply, pass, settings } = withTable();
    expect(await apply(index('a'))).toEqual({ kind: 'done' });
    await pass(10_000);
    expect(await apply(index('b'))).toMatchObject({
      kind: 'deferred',
      failure: { message: 'the index by-a is CREATING' },
    });
    expect(await apply(index('a'))).toMatchObject({ kind: 'deferred' });
    await pass(HOUR);
    expect(await apply(index('a'))).toEqual({ kind: 'as-it-was' });
    expect(await apply(index('b'))).toEqual({ kind: 'done' });
    await pass(HOUR);
    expect((await settings()).shape?.globalIndexes.map(({ name }) => name)).toEqual(['by-a', 'by-b']);
  });

  it('are waited for where the service says that another is being built', async () => {
    const { apply, account } = withTable();
    const message =
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table';
    account.faults.add(refusal('UpdateTable', 'LimitExceededException', message));
    expect(await apply(index('a'))).toMatchObject({
      kind: 'deferred',
      failure: { code: 'LimitExceededException' },
    });
  });
});

describe('throughput', () => {
  it('is set for a table that came back on demand, and only what differs is sent after that', async () => {
    const { apply, pass, settings } = withTable();
    const step = (capacity: { reads: number; writes: number }): SettingStep => ({
      kind: 'throughput',
      billingMode: 'PROVISIONED',
      capacity,
      indexes: [],
    });
    expect(await apply(step({ reads: 3, writes: 4 }))).toEqual({ kind: 'done' });
    await pass(MINUTE);
    expect((await settings()).shape).toMatchObject({
      billingMode: 'PROVISIONED',
      capacity: { reads: 3, writes: 4 },
    });
    expect(await apply(step({ reads: 3, writes: 4 }))).toEqual({ kind: 'as-it-was' });
    expect(await apply(step({ reads: 3, writes: 9 }))).toEqual({ kind: 'done' });
  });

  it('of the warm kind is raised by member', async () => {
    const { apply, pass, settings } = withTable();
    expect(await apply({ kind: 'warm-throughput', table: { reads: 1, writes: 9_000 }, indexes: [] })).toEqual(
      { kind: 'done' },
    );
    await pass(HOUR);
    expect((await settings()).shape?.warmThroughput).toEqual({ reads: 12_000, writes: 9_000 });
    expect(await apply({ kind: 'warm-throughput', table: { reads: 1, writes: 1 }, indexes: [] })).toEqual({
      kind: 'as-it-was',
    });
  });
});

it('a rule waits for its target, and a target for the table', async () => {
  const { apply, account, pass } = withTable();
  const place = { resourceId: 'table/Back', dimension: 'dynamodb:table:ReadCapacityUnits' };
  const tracking = {
    TargetValue: 70,
    PredefinedMetricSpecification: { PredefinedMetricType: 'DynamoDBReadCapacityUtilization' },
  };
  const content = { PolicyType: 'TargetTrackingScaling', TargetTrackingScalingPolicyConfiguration: tracking };
  const rule: SettingStep = { kind: 'scaling-rule', rule: { kind: 'policy', name: 'p', ...place, content } };
  expect(await apply(rule)).toMatchObject({ kind: 'deferred', failure: { code: 'ObjectNotFoundException' } });
  holdUpdating(account, 'Back', MINUTE);
  const target: SettingStep = { kind: 'scalable-target', target: { ...place, min: 1, max: 9 } };
  expect(await apply(target)).toMatchObject({ kind: 'deferred', failure: { code: 'not-ready' } });
  await pass(2 * MINUTE);
  expect(await apply(target)).toEqual({ kind: 'done' });
  expect(await apply(rule)).toEqual({ kind: 'done' });
  expect(await apply(rule)).toEqual({ kind: 'as-it-was' });
});

describe('the key of a table', () => {
  const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/0123';

  it('is changed once, and not again for another name of a key', async () => {
    const { apply, pass, settings } = withTable();
    expect(await apply({ kind: 'encryption', encryption: { kind: 'kms', keyArn } })).toEqual({
      kind: 'done',
    });
    await pass(HOUR);
    expect((await settings()).shape?.encryption).toEqual({ kind: 'kms', keyArn });
    for (const encryption of [
      { kind: 'kms', keyArn },
      { kind: 'kms', keyArn: 'arn:aws:kms:us-east-1:111122223333:alias/app' },
      { kind: 'kms', keyArn: 'alias/aws/dynamodb', isAwsManaged: true },
    ] as const)
      expect(await apply({ kind: 'encryption', encryption })).toEqual({ kind: 'as-it-was' });
    expect(await apply({ kind: 'encryption', encryption: { kind: 'aws-owned' } })).toEqual({ kind: 'done' });
  });

  it('that cannot be used is refused with the words of the service', async () => {
    const { apply, account } = withTable();
    setKey(account, '0123', 'disabled');
    expect(await apply({ kind: 'encryption', encryption: { kind: 'kms', keyArn } })).toMatchObject({
      kind: 'failed',
    });
  });
});

it('a target whose range lies above the capacity moves it, and the next one waits for that', async () => {
  const { apply, pass, settings } = withTable();
  await apply({
    kind: 'throughput',
    billingMode: 'PROVISIONED',
    capacity: { reads: 1, writes: 1 },
    indexes: [],
  });
  await pass(MINUTE);
  const target = (what: string): SettingStep => ({
    kind: 'scalable-target',
    target: { resourceId: 'table/Back', dimension: `dynamodb:table:${what}CapacityUnits`, min: 30, max: 90 },
  });
  expect(await apply(target('Read'))).toEqual({ kind: 'done' });
  expect(await apply(target('Write'))).toMatchObject({ kind: 'deferred', failure: { code: 'not-ready' } });
  await pass(MINUTE);
  expect(await apply(target('Write'))).toEqual({ kind: 'done' });
  await pass(MINUTE);
  expect((await settings()).shape?.capacity).toEqual({ reads: 30, writes: 30 });
});

describe('a replica', () => {
  it('is made, and gets what its Region has for itself there', async () => {
    const world = withTable();
    const elsewhere = openRegion(world.account, 'eu-west-1');
    const { apply, pass } = world;
    await apply({ kind: 'stream', viewType: 'NEW_AND_OLD_IMAGES' });
    await pass(MINUTE);
    const own: SettingStep = { kind: 'tags', tags: { app: 'shop' }, region: 'eu-west-1' };
    expect(await apply(own)).toMatchObject({ kind: 'deferred' });
    expect(await apply({ kind: 'replica', region: 'eu-west-1' })).toEqual({ kind: 'done' });
    expect(await apply({ kind: 'replica', region: 'eu-west-1' })).toMatchObject({ kind: 'deferred' });
    await pass(HOUR);
    expect(await apply({ kind: 'replica', region: 'eu-west-1' })).toEqual({ kind: 'as-it-was' });
    expect(await apply(own)).toEqual({ kind: 'done' });
    expect(await apply({ kind: 'pitr', recoveryPeriodDays: 7, region: 'eu-west-1' })).toEqual({
      kind: 'done',
    });
    await pass(MINUTE);
    expect(await apply({ kind: 'insights', mode: 'THROTTLED_KEYS', region: 'eu-west-1' })).toEqual({
      kind: 'done',
    });
    await pass(MINUTE);
    const { replicas, pitr, tags, insights } = await world.settings();
    expect(replicas?.[0]?.insights).toEqual([{ status: 'ENABLED', mode: 'THROTTLED_KEYS' }]);
    expect(insights).toEqual([]);
    expect(replicas).toMatchObject([
      { region: 'eu-west-1', tags: { app: 'shop' }, pitr: { recoveryPeriodDays: 7 } },
    ]);
    expect([pitr?.enabled, tags]).toEqual([false, {}]);
    expect(elsewhere.state.tables.get('Back')).toBeDefined();
  });

  it('of a provisioned table without scaling is refused with the words of the service', async () => {
    const { apply, pass, account } = withTable();
    openRegion(account, 'eu-west-1');
    await apply({
      kind: 'throughput',
      billingMode: 'PROVISIONED',
      capacity: { reads: 1, writes: 1 },
      indexes: [],
    });
    await pass(MINUTE);
    await apply({ kind: 'stream', viewType: 'NEW_AND_OLD_IMAGES' });
    await pass(MINUTE);
    expect(await apply({ kind: 'replica', region: 'eu-west-1' })).toMatchObject({
      kind: 'failed',
      failure: { message: expect.stringContaining('AutoScaled') },
    });
  });
});

it('a table class that was changed too often is deferred', async () => {
  const { apply, pass } = withTable();
  for (const tableClass of ['STANDARD_INFREQUENT_ACCESS', 'STANDARD'] as const) {
    expect(await apply({ kind: 'table-class', tableClass })).toEqual({ kind: 'done' });
    await pass(MINUTE);
  }
  expect(await apply({ kind: 'table-class', tableClass: 'STANDARD_INFREQUENT_ACCESS' })).toMatchObject({
    kind: 'deferred',
    failure: { code: 'LimitExceededException' },
  });
});

it('tags of a locked table are deferred', async () => {
  const { apply, account } = withTable();
  const message = 'Subscriber limit exceeded: Table tags are being updated: Back';
  account.faults.add(refusal('TagResource', 'LimitExceededException', message));
  expect(await apply({ kind: 'tags', tags: { app: 'shop' } })).toMatchObject({ kind: 'deferred' });
});

it('clients of other Regions are those that the factory gives', async () => {
  const { options, run, recorder } = withTable();
  const asked: string[] = [];
  const writer = createSettingsWriter(options, TARGET, (region) => {
    asked.push(region);
    return optionsOn(
      options.requestHandler as NonNullable<typeof options.requestHandler>,
      options.clock as never,
      recorder,
    );
  });
  await run(writer.apply('Back', { kind: 'tags', tags: { a: 'b' }, region: 'eu-west-1' }));
  expect(asked).toEqual(['eu-west-1']);
});
