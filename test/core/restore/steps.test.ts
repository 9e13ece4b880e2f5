import { describe, expect, it } from 'vitest';
import { settingsAfterRestore } from '../../../shared/core/restore/after-restore.ts';
import { indexSteps } from '../../../shared/core/restore/index-steps.ts';
import { stepsFor } from '../../../shared/core/restore/steps.ts';
import type { RestoreChoices, SettingStep } from '../../../shared/model/restore.ts';
import type { TableSettings } from '../../../shared/model/table-settings.ts';
import {
  ACCOUNT,
  aContext,
  aShape,
  everySetting,
  KINESIS,
  NEW_STREAM,
  OLD_STREAM,
  STREAM_POLICY,
  TABLE_POLICY,
} from '../../support/table-settings.ts';

const restored = (part: Partial<TableSettings> = {}): TableSettings => ({
  ...settingsAfterRestore(everySetting().shape, {}),
  ...part,
});

const ofKind = <Kind extends SettingStep['kind']>(steps: readonly SettingStep[], kind: Kind) =>
  steps.filter((step): step is Extract<SettingStep, { kind: Kind }> => step.kind === kind);

describe('the steps of a restore', () => {
  it('come in the order that the refusals of the service ask for, TTL last', () => {
    const steps = stepsFor(everySetting(), restored(), aContext());
    expect(steps.map(({ kind }) => kind)).toEqual([
      'deletion-protection',
      'tags',
      'pitr',
      'stream',
      'table-class',
      'warm-throughput',
      'resource-policy',
      'resource-policy',
      'insights',
      'insights',
      'kinesis',
      'scalable-target',
      'scalable-target',
      'scaling-rule',
      'replica',
      'tags',
      'pitr',
      'ttl',
    ]);
  });

  it('are none where everything stands already', () => {
    const wanted = everySetting();
    const context = aContext();
    const { names } = context;
    const same = { ...context, names: { ...names, to: names.from } };
    expect(stepsFor(wanted, wanted, same)).toEqual([]);
  });

  it('protect the table even where the source was not protected, and where nothing of it is known', () => {
    const wanted = everySetting({ shape: aShape({ deletionProtection: false }) });
    expect(stepsFor(wanted, restored(), aContext())[0]).toEqual({ kind: 'deletion-protection', on: true });
    expect(stepsFor({}, restored(), aContext({ role: 'look-only' }))).toEqual([
      { kind: 'deletion-protection', on: true },
      { kind: 'tags', tags: { 'backup:policy': 'none' } },
    ]);
  });

  it('are made where the restored table could not be read, because each reads first', () => {
    const kinds = stepsFor(everySetting(), {}, aContext()).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['deletion-protection', 'tags', 'pitr', 'stream', 'ttl']));
  });
});

describe('the tags of a restored table', () => {
  const tagsOf = (
    choices: Partial<RestoreChoices>,
    tags: Readonly<Record<string, string>>,
    policyTag?: string,
  ) => {
    const context = aContext(choices);
    const names = { ...context.names, ...(policyTag !== undefined && { policyTag }) };
    const wanted = { ...everySetting({ tags, replicas: [] }) };
    return ofKind(stepsFor(wanted, restored(), { ...context, names }), 'tags')[0]?.tags;
  };

  it.each([
    {
      name: 'opt a copy to look at out',
      choices: { role: 'look-only' },
      tags: { app: 'shop', 'backup:policy': 'standard' },
      expected: { app: 'shop', 'backup:policy': 'none' },
    },
    {
      name: 'opt it out under the key of the policy file',
      choices: { role: 'look-only' },
      policyTag: 'guard',
      tags: { app: 'shop', guard: 'gold' },
      expected: { app: 'shop', guard: 'none' },
    },
    {
      name: 'opt it out where the source had no policy',
      choices: { role: 'look-only' },
      tags: {},
      expected: { 'backup:policy': 'none' },
    },
    {
      name: 'keep the policy of a replacement',
      choices: { role: 'replacement' },
      tags: { 'backup:policy': 'standard' },
      expected: { 'backup:policy': 'standard' },
    },
    {
      name: 'leave out what belongs to AWS',
      choices: { role: 'replacement' },
      tags: { 'aws:cloudformation:stack-name': 'shop', app: 'shop' },
      expected: { app: 'shop' },
    },
    {
      name: 'of a bare copy are only that it opts out',
      choices: { role: 'look-only', settings: 'none' },
      tags: { app: 'shop' },
      expected: { 'backup:policy': 'none' },
    },
  ] as const)('$name', ({ choices, tags, expected, ...more }) => {
    expect(tagsOf(choices, tags, 'policyTag' in more ? more.policyTag : undefined)).toEqual(expected);
  });
});

it('a bare copy is protected and opts out, and nothing else is done to it', () => {
  const steps = stepsFor(everySetting(), restored(), aContext({ settings: 'none', role: 'look-only' }));
  expect(steps.map(({ kind }) => kind)).toEqual(['deletion-protection', 'tags']);
});

describe('point-in-time recovery', () => {
  it.each([
    { name: 'is switched on with its period', wanted: 14, live: 0, step: 14 },
    { name: 'gets its longer period back', wanted: 14, live: 7, step: 14 },
    { name: 'is never shortened', wanted: 14, live: 35, step: undefined },
    { name: 'is left on where the source had none', wanted: 0, live: 35, step: undefined },
  ])('$name', ({ wanted, live, step }) => {
    const pitr = (days: number) => ({ enabled: days > 0, ...(days > 0 && { recoveryPeriodDays: days }) });
    const steps = stepsFor({ pitr: pitr(wanted) }, restored({ pitr: pitr(live) }), aContext());
    expect(ofKind(steps, 'pitr')[0]?.recoveryPeriodDays).toBe(step);
  });

  it('takes the period of the service where none is stated', () => {
    const steps = stepsFor({ pitr: { enabled: true } }, restored(), aContext());
    expect(ofKind(steps, 'pitr')).toEqual([{ kind: 'pitr', recoveryPeriodDays: 35 }]);
  });
});

describe('a stream', () => {
  const stream = (viewType: 'KEYS_ONLY' | 'NEW_IMAGE', arn = NEW_STREAM) => ({ viewType, arn });
  const steps = (live: ReturnType<typeof stream> | undefined) => {
    const { stream: _stream, ...shape } = restored().shape;
    const wanted = everySetting({ shape: aShape({ stream: stream('NEW_IMAGE', OLD_STREAM) }) });
    const has = restored({ shape: { ...shape, ...(live && { stream: live }) } });
    return stepsFor(wanted, has, aContext()).filter(({ kind }) => kind.startsWith('stream'));
  };

  it.each([
    { name: 'is switched on', live: undefined, expected: [{ kind: 'stream', viewType: 'NEW_IMAGE' }] },
    { name: 'of the same type is left alone', live: stream('NEW_IMAGE'), expected: [] },
    {
      name: 'of another type is switched off first',
      live: stream('KEYS_ONLY'),
      expected: [
        { kind: 'stream-off', viewType: 'KEYS_ONLY' },
        { kind: 'stream', viewType: 'NEW_IMAGE' },
      ],
    },
  ])('$name', ({ live, expected }) => expect(steps(live)).toEqual(expected));
});

describe('resource policies', () => {
  const policies = (live: Partial<TableSettings> = {}) =>
    ofKind(stepsFor(everySetting(), restored(live), aContext()), 'resource-policy');
  const resourceOf = (policy = '{}') => JSON.parse(policy).Statement[0].Resource;

  it('name the restored table, and its stream by the label that it will have', () => {
    const [table, stream] = policies();
    expect(table).toMatchObject({ of: 'table' });
    expect(resourceOf(table?.policy)).toBe(`arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders-restored`);
    expect(resourceOf(stream?.policy)).toBe(
      `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders-restored/stream/{label of the new stream}`,
    );
  });

  it('name the stream that is there', () => {
    const shape = {
      ...restored().shape,
      stream: { viewType: 'NEW_AND_OLD_IMAGES', arn: NEW_STREAM } as const,
    };
    expect(resourceOf(policies({ shape })[1]?.policy)).toBe(NEW_STREAM);
  });

  it('are no step where the same stands, however the service writes it', () => {
    const written = JSON.stringify({
      Statement: [
        {
          Resource: [`arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders-restored`],
          Action: ['dynamodb:GetItem'],
          Principal: { AWS: 'arn:aws:iam::444455556666:root' },
          Effect: 'Allow',
        },
      ],
      Version: '2012-10-17',
    });
    expect(policies({ 'resource-policy': written }).map(({ of }) => of)).toEqual(['stream']);
    expect(policies({ 'resource-policy': TABLE_POLICY, 'stream-policy': STREAM_POLICY })).toHaveLength(2);
  });
});

describe('throughput', () => {
  const wantedAs = (part: Parameters<typeof aShape>[0]) => everySetting({ shape: aShape(part) });
  const throughput = (wanted: TableSettings, live: Partial<TableSettings>, context = aContext()) =>
    ofKind(stepsFor(wanted, restored(live), context), 'throughput');
  const base = restored().shape;

  it.each([
    { name: 'as it was makes no step', live: {}, expected: [] },
    {
      name: 'of the table alone is sent alone',
      live: { capacity: { reads: 1, writes: 1 } },
      expected: [
        { kind: 'throughput', billingMode: 'PROVISIONED', capacity: { reads: 10, writes: 20 }, indexes: [] },
      ],
    },
    {
      name: 'of an index alone is sent alone',
      live: {
        globalIndexes: base.globalIndexes.map((index) => ({ ...index, capacity: { reads: 1, writes: 1 } })),
      },
      expected: [
        {
          kind: 'throughput',
          billingMode: 'PROVISIONED',
          indexes: [{ name: 'by-day', capacity: { reads: 7, writes: 8 } }],
        },
      ],
    },
  ])('$name', ({ live, expected }) => {
    expect(throughput(everySetting(), { shape: { ...base, ...live } })).toEqual(expected);
  });

  it('of a table that came back on demand is set for the table and every index it has', () => {
    const { capacity: _capacity, ...shape } = base;
    const globalIndexes = [
      ...base.globalIndexes.map(({ capacity: _own, ...index }) => index),
      { name: 'new-one', keys: [], projection: { type: 'ALL' as const } },
    ];
    const live = { ...shape, globalIndexes, billingMode: 'PAY_PER_REQUEST' as const };
    expect(throughput(everySetting(), { shape: live })).toEqual([
      {
        kind: 'throughput',
        billingMode: 'PROVISIONED',
        capacity: { reads: 10, writes: 20 },
        indexes: [
          { name: 'by-day', capacity: { reads: 7, writes: 8 } },
          { name: 'new-one', capacity: { reads: 10, writes: 20 } },
        ],
      },
    ]);
  });

  it('between the ends of auto scaling is left to it', () => {
    const target = { resourceId: 'table/orders-restored', min: 5, max: 50 };
    const live = {
      shape: { ...base, capacity: { reads: 10, writes: 33 } },
      'auto-scaling': {
        targets: [{ ...target, dimension: 'dynamodb:table:WriteCapacityUnits' }],
        rules: [],
      },
    };
    expect(throughput(everySetting(), live)).toEqual([]);
    expect(
      throughput(everySetting(), { ...live, shape: { ...base, capacity: { reads: 11, writes: 33 } } }),
    ).toHaveLength(1);
  });

  it('on demand was chosen and stays; nothing is scaled then', () => {
    const overrides = { billingMode: 'PAY_PER_REQUEST' } as const;
    const context = aContext({}, { overrides });
    const live = settingsAfterRestore(everySetting().shape, overrides);
    const kinds = stepsFor(everySetting(), live, context).map(({ kind }) => kind);
    expect(kinds).not.toEqual(expect.arrayContaining(['throughput']));
    expect(kinds).not.toEqual(expect.arrayContaining(['scalable-target']));
  });

  it('has its on-demand maxima set and lifted', () => {
    const { capacity: _capacity, ...shape } = base;
    const onDemand = { ...shape, billingMode: 'PAY_PER_REQUEST' as const };
    const wanted = wantedAs({ billingMode: 'PAY_PER_REQUEST', onDemandMaximum: { reads: 5, writes: -1 } });
    expect(throughput(wanted, { shape: onDemand })).toEqual([
      {
        kind: 'throughput',
        billingMode: 'PAY_PER_REQUEST',
        onDemandMaximum: { reads: 5, writes: -1 },
        indexes: [],
      },
    ]);
    const limited = { ...onDemand, onDemandMaximum: { reads: 9, writes: 9 } };
    expect(throughput(wantedAs({ billingMode: 'PAY_PER_REQUEST' }), { shape: limited })).toMatchObject([
      { onDemandMaximum: { reads: -1, writes: -1 } },
    ]);
  });
});

describe('warm throughput', () => {
  const warm = (
    live: { reads: number; writes: number } | undefined,
    choice: RestoreChoices['warm'] = 'as-was',
  ) => {
    const { warmThroughput: _warm, ...shape } = restored().shape;
    const own = { ...shape, globalIndexes: aShape().globalIndexes, ...(live && { warmThroughput: live }) };
    return ofKind(
      stepsFor(everySetting(), restored({ shape: own }), aContext({ warm: choice })),
      'warm-throughput',
    );
  };

  it.each([
    {
      name: 'below is raised',
      live: { reads: 12_000, writes: 4_000 },
      table: { reads: 30_000, writes: 4_000 },
    },
    {
      name: 'is raised by member and never lowered',
      live: { reads: 1, writes: 9_000 },
      table: { reads: 30_000, writes: 9_000 },
    },
    { name: 'that is equal makes no step', live: { reads: 30_000, writes: 4_000 }, table: undefined },
    { name: 'that is higher makes no step', live: { reads: 40_000, writes: 5_000 }, table: undefined },
  ])('$name', ({ live, table }) => expect(warm(live)[0]?.table).toEqual(table));

  it('is left where nobody asked for it', () => expect(warm(undefined, 'leave')).toEqual([]));
});

describe('Kinesis', () => {
  const steps = (
    live: Partial<TableSettings>,
    sourceExists: boolean,
    choices: Partial<RestoreChoices> = {},
  ) => {
    const context = aContext(choices);
    const names = { ...context.names, sourceExists };
    return ofKind(stepsFor(everySetting(), restored(live), { ...context, names }), 'kinesis').length;
  };
  const destination = { streamArn: KINESIS, status: 'ENABLING', precision: 'MICROSECOND' } as const;

  it.each([
    { name: 'gets the changes again where the source is gone', live: {}, exists: false, expected: 1 },
    { name: 'is a person’s decision while the source sends there', live: {}, exists: true, expected: 0 },
    {
      name: 'takes both where the person chose so',
      live: {},
      exists: true,
      choices: { kinesis: 'share' },
      expected: 1,
    },
    {
      name: 'that is about to get them is left alone',
      live: { kinesis: [destination] },
      exists: true,
      expected: 0,
    },
    {
      name: 'is a person’s decision where changes go elsewhere',
      live: { kinesis: [{ ...destination, streamArn: `${KINESIS}-2` }] },
      exists: false,
      expected: 0,
    },
    {
      name: 'of another precision is changed',
      live: { kinesis: [{ ...destination, precision: 'MILLISECOND' }] },
      exists: true,
      expected: 1,
    },
    {
      name: 'that was switched off is switched on',
      live: { kinesis: [{ ...destination, status: 'DISABLED' }] },
      exists: false,
      expected: 1,
    },
  ] as const)('$name', ({ live, exists, expected, ...more }) => {
    const choices = 'choices' in more ? more.choices : {};
    expect(steps(live as Partial<TableSettings>, exists, choices)).toBe(expected);
  });

  it('of another Region is a person’s decision', () => {
    const { names } = aContext();
    const elsewhere = aContext({}, { names: { ...names, to: { ...names.to, region: 'eu-west-1' } } });
    expect(ofKind(stepsFor(everySetting(), restored(), elsewhere), 'kinesis')).toEqual([]);
  });
});

describe('auto scaling', () => {
  it('moves resource ids and the dimensions of its metrics to the restored table', () => {
    const steps = stepsFor(everySetting(), restored(), aContext());
    expect(ofKind(steps, 'scalable-target').map(({ target }) => target.resourceId)).toEqual([
      'table/orders-restored',
      'table/orders-restored/index/by-day',
    ]);
    expect(JSON.stringify(ofKind(steps, 'scaling-rule'))).toContain('"Value":"orders-restored"');
  });

  it('leaves out an index that the restored table has not', () => {
    const shape = { ...restored().shape, globalIndexes: [] };
    const steps = stepsFor(everySetting(), restored({ shape }), aContext());
    expect(ofKind(steps, 'scalable-target')).toHaveLength(1);
    expect(ofKind(steps, 'insights')).toHaveLength(1);
  });
});

it('replicas come after what their writes need, and get what their Region has for itself', () => {
  const context = aContext();
  const steps = stepsFor(everySetting(), restored(), context).filter((step) => 'region' in step);
  expect(steps).toEqual([
    { kind: 'replica', region: 'eu-west-1' },
    { kind: 'tags', tags: { app: 'shop' }, region: 'eu-west-1' },
    { kind: 'pitr', recoveryPeriodDays: 7, region: 'eu-west-1' },
  ]);
});

it('no replica is made of a table with strong consistency: it would be of eventual consistency, for good', () => {
  const shape = aShape({ strongConsistency: { witnesses: ['us-east-2'] } });
  const steps = stepsFor(everySetting({ shape }), restored(), aContext());
  expect(steps.filter((step) => 'region' in step)).toEqual([]);
});

it('TTL waits until the person asks for it on its own', () => {
  expect(ofKind(stepsFor(everySetting(), restored(), aContext({ ttl: 'later' })), 'ttl')).toEqual([]);
});

it('indexes that are lacking are built on their own, with the attributes of their keys', () => {
  const live = restored({ shape: { ...restored().shape, globalIndexes: [] } });
  expect(indexSteps(everySetting(), live)).toEqual([
    {
      kind: 'global-index',
      attributes: [{ name: 'day', type: 'S' }],
      index: {
        name: 'by-day',
        keys: [{ name: 'day', role: 'HASH' }],
        projection: { type: 'ALL' },
        capacity: { reads: 7, writes: 8 },
      },
    },
  ]);
  expect(indexSteps(everySetting(), restored())).toEqual([]);
});
