import fc from 'fast-check';
import type { LiveTable } from '../../shared/model/infrastructure-code.ts';
import {
  type Capacity,
  type GlobalIndex,
  type Json,
  type LocalIndex,
  type ScalableTarget,
  type ScalingRule,
  SETTING_FACETS,
  type TableSettings,
  type TableShape,
} from '../../shared/model/table-settings.ts';

// Tables with any combination of settings that the service allows.

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const TABLE = 'orders-restored-20261120-1000';

const ARN = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${TABLE}`;
const STREAM_ARN = `${ARN}/stream/2026-11-20T10:30:00.000`;
const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;

/** A policy on a table or its stream, as GetResourcePolicy gives it. */
export const aPolicy = (action: string, arn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Readers',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: action,
        Resource: arn,
      },
    ],
  });

const TABLE_POLICY = aPolicy('dynamodb:GetItem', ARN);
const STREAM_POLICY = aPolicy('dynamodb:GetRecords', STREAM_ARN);

/** A table that was restored, with nothing on but what every table has. */
export const PLAIN: TableSettings = {
  shape: {
    keys: [{ name: 'pk', role: 'HASH' }],
    attributes: [{ name: 'pk', type: 'S' }],
    globalIndexes: [],
    localIndexes: [],
    billingMode: 'PAY_PER_REQUEST',
    tableClass: 'STANDARD',
    deletionProtection: false,
    encryption: { kind: 'aws-owned' },
  },
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
};

/** Makes a live table of settings; those that are named could not be read. */
export const liveTable = (
  settings: Partial<TableSettings>,
  unread: readonly (keyof TableSettings)[] = [],
  table = TABLE,
): LiveTable => ({
  table,
  target: { accountId: ACCOUNT, region: REGION },
  reading: {
    settings: Object.fromEntries(
      Object.entries(settings).filter(([facet]) => !unread.some((gap) => gap === facet)),
    ),
    gaps: unread.map((facet) => ({
      facet,
      failure: { kind: 'call', operation: 'Describe', code: 'AccessDeniedException', message: 'not allowed' },
    })),
  },
});

const capacity: fc.Arbitrary<Capacity> = fc.record({
  reads: fc.integer({ min: 1, max: 40 }),
  writes: fc.integer({ min: 1, max: 40 }),
});

const limit: fc.Arbitrary<Capacity | undefined> = fc.option(
  fc.record({
    reads: fc.constantFrom(-1, 100, 4000),
    writes: fc.constantFrom(-1, 50, 2000),
  }),
  { nil: undefined },
);

const projection = fc.constantFrom<LocalIndex['projection']>(
  { type: 'ALL' },
  { type: 'KEYS_ONLY' },
  { type: 'INCLUDE', attributes: ['note', 'sum'] },
);

/** What DescribeTable says of an index on a provisioned and on an on-demand table. */
const indexOf = (isProvisioned: boolean, name: string, keys: LocalIndex['keys']): fc.Arbitrary<GlobalIndex> =>
  fc.record({ projection, capacity: fc.option(capacity), limit, isWarm: fc.boolean() }).map((one) => ({
    name,
    keys,
    projection: one.projection,
    ...(isProvisioned
      ? one.capacity && { capacity: one.capacity }
      : { capacity: { reads: 0, writes: 0 }, ...(one.limit && { onDemandMaximum: one.limit }) }),
    ...(one.isWarm && { warmThroughput: { reads: 12_000, writes: 4000 } }),
  }));

const shape: fc.Arbitrary<TableShape> = fc
  .record({ isProvisioned: fc.boolean(), isSorted: fc.boolean() })
  .chain(({ isProvisioned, isSorted }) =>
    fc
      .record({
        byDay: fc.option(indexOf(isProvisioned, 'by-day', [{ name: 'day', role: 'HASH' }])),
        byState: fc.option(
          indexOf(isProvisioned, 'by.State_2', [
            { name: 'state', role: 'HASH' },
            { name: 'pk', role: 'RANGE' },
          ]),
        ),
        local: isSorted ? fc.option(projection) : fc.constant(null),
        capacity,
        limit,
        isWarm: fc.boolean(),
        tableClass: fc.constantFrom<TableShape['tableClass']>('STANDARD', 'STANDARD_INFREQUENT_ACCESS'),
        deletionProtection: fc.boolean(),
        encryption: fc.constantFrom<TableShape['encryption']>(
          { kind: 'aws-owned' },
          { kind: 'kms', keyArn: KEY_ARN },
          { kind: 'kms', keyArn: KEY_ARN, isAwsManaged: true },
        ),
        view: fc.option(
          fc.constantFrom<NonNullable<TableShape['stream']>['viewType']>('KEYS_ONLY', 'NEW_AND_OLD_IMAGES'),
        ),
      })
      .map((one): TableShape => {
        const globalIndexes = [one.byDay, one.byState].filter((index) => index !== null);
        return {
          keys: [{ name: 'pk', role: 'HASH' }, ...(isSorted ? [{ name: 'sk', role: 'RANGE' } as const] : [])],
          // One more than any key uses, as a table has that lost an index.
          attributes: ['pk', 'sk', 'day', 'state', 'at', 'unused'].map((name) => ({ name, type: 'S' })),
          globalIndexes,
          localIndexes: one.local
            ? [
                {
                  name: 'by-at',
                  keys: [
                    { name: 'pk', role: 'HASH' },
                    { name: 'at', role: 'RANGE' },
                  ],
                  projection: one.local,
                },
              ]
            : [],
          billingMode: isProvisioned ? 'PROVISIONED' : 'PAY_PER_REQUEST',
          capacity: isProvisioned ? one.capacity : { reads: 0, writes: 0 },
          ...(!isProvisioned && one.limit && { onDemandMaximum: one.limit }),
          ...(one.isWarm && { warmThroughput: { reads: 12_000, writes: 4000 } }),
          tableClass: one.tableClass,
          deletionProtection: one.deletionProtection,
          encryption: one.encryption,
          ...(one.view && { stream: { viewType: one.view, arn: STREAM_ARN } }),
        };
      }),
  );

/** Tracking as DescribeScalingPolicies gives it, with members that only answers have. */
export const trackingContent = (metric: string): { readonly [key: string]: Json } => ({
  PolicyARN: `arn:aws:autoscaling:${REGION}:${ACCOUNT}:scalingPolicy:1:resource/dynamodb/${TABLE}:policyName/x`,
  PolicyType: 'TargetTrackingScaling',
  Alarms: [{ AlarmName: `TargetTracking-table/${TABLE}-AlarmHigh`, AlarmARN: 'arn:aws:cloudwatch:::x' }],
  CreationTime: 1_795_000_000,
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 70,
    PredefinedMetricSpecification: { PredefinedMetricType: metric },
    ScaleInCooldown: 60,
    ScaleOutCooldown: 60,
    DisableScaleIn: false,
  },
});

const SCHEDULED: { readonly [key: string]: Json } = {
  ScheduledActionARN: 'arn:aws:autoscaling:::x',
  Schedule: 'cron(0 8 * * ? *)',
  Timezone: 'Europe/Zurich',
  StartTime: 1_795_000_000,
  ScalableTargetAction: { MinCapacity: 20 },
};

/** A target with its policy and, where asked for, a scheduled action and something suspended. */
const scaledOf = (
  resource: string,
  kind: 'table' | 'index',
  of: 'Read' | 'Write',
  more: { readonly isScheduled: boolean; readonly isSuspended: boolean },
): { readonly target: ScalableTarget; readonly rules: readonly ScalingRule[] } => {
  const place = { resourceId: resource, dimension: `dynamodb:${kind}:${of}CapacityUnits` };
  const name = `DynamoDB${of}CapacityUtilization:${resource}`;
  return {
    target: {
      ...place,
      min: 5,
      max: 100,
      ...(more.isSuspended && {
        suspended: {
          DynamicScalingInSuspended: true,
          DynamicScalingOutSuspended: false,
          ScheduledScalingSuspended: false,
        },
      }),
    },
    rules: [
      {
        ...place,
        kind: 'policy',
        name,
        content: trackingContent(`DynamoDB${of}CapacityUtilization`),
      },
      ...(more.isScheduled
        ? [{ ...place, kind: 'scheduled-action', name: 'mornings', content: SCHEDULED } as const]
        : []),
    ],
  };
};

/** Auto scaling of the table and all its indexes, in both directions. */
export const fullScaling = (
  { globalIndexes }: TableShape,
  more = { isScheduled: false, isSuspended: false },
  table = TABLE,
): TableSettings['auto-scaling'] => {
  const places = [
    [`table/${table}`, 'table'],
    ...globalIndexes.map(({ name }) => [`table/${table}/index/${name}`, 'index'] as const),
  ] as const;
  const all = places.flatMap(([resource, kind]) =>
    (['Read', 'Write'] as const).map((of) => scaledOf(resource, kind, of, more)),
  );
  return { targets: all.map(({ target }) => target), rules: all.flatMap(({ rules }) => rules) };
};

const tags = fc.dictionary(
  fc.constantFrom('backup:policy', 'team', 'aws:cloudformation:stack-name', 'Name'),
  fc.constantFrom('standard', 'a b', '=+-@/', 'Zürich'),
);

const scaling = (of: TableShape) =>
  of.billingMode === 'PROVISIONED'
    ? fc
        .option(fc.record({ isScheduled: fc.boolean(), isSuspended: fc.boolean() }))
        .map((more) => (more ? fullScaling(of, more) : PLAIN['auto-scaling']))
    : fc.constant(PLAIN['auto-scaling']);

const MODE = fc.constantFrom('ACCESSED_AND_THROTTLED_KEYS', 'THROTTLED_KEYS', 'A_MODE_TO_COME', undefined);

const insights = (of: TableShape): fc.Arbitrary<TableSettings['insights']> =>
  fc.tuple(
    ...[undefined, ...of.globalIndexes.map(({ name }) => name)].map((index) =>
      fc
        .record({
          status: fc.constantFrom<TableSettings['insights'][number]['status']>(
            'ENABLED',
            'ENABLING',
            'DISABLED',
            'FAILED',
          ),
          mode: MODE,
        })
        .map(({ status, mode }) => ({
          status,
          ...(index !== undefined && { index }),
          ...(mode !== undefined && { mode }),
        })),
    ),
  );

const kinesis = fc.subarray<TableSettings['kinesis'][number]>([
  { streamArn: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/old`, status: 'DISABLED' },
  {
    streamArn: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/changes`,
    status: 'ACTIVE',
    precision: 'MICROSECOND',
  },
  { streamArn: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/second`, status: 'ENABLING' },
]);

const replicas = (of: TableShape, writesScale: boolean) => {
  const isAllowed =
    of.stream?.viewType === 'NEW_AND_OLD_IMAGES' && (of.billingMode === 'PAY_PER_REQUEST' || writesScale);
  return isAllowed
    ? fc.subarray<TableSettings['replicas'][number]>([
        {
          region: 'us-east-1',
          tags: { team: 'x' },
          pitr: { enabled: true, recoveryPeriodDays: 35 },
          tableClass: 'STANDARD',
          deletionProtection: true,
          ...(of.encryption.kind === 'kms' &&
            !of.encryption.isAwsManaged && { keyArn: KEY_ARN.replace(REGION, 'us-east-1') }),
        },
      ])
    : fc.constant([]);
};

/** Any settings of one table that the service allows together. */
export const anySettings: fc.Arbitrary<TableSettings> = shape.chain((of) =>
  scaling(of).chain((autoScaling) =>
    fc.record({
      shape: fc.constant(of),
      tags,
      ttl: fc.constantFrom(null, { attribute: 'expires' }),
      pitr: fc.constantFrom<TableSettings['pitr']>(
        { enabled: false },
        { enabled: true },
        { enabled: true, recoveryPeriodDays: 35 },
        { enabled: true, recoveryPeriodDays: 7 },
      ),
      'resource-policy': fc.constantFrom(null, TABLE_POLICY),
      'stream-policy': fc.constantFrom(null, of.stream === undefined ? null : STREAM_POLICY),
      insights: insights(of),
      kinesis,
      'auto-scaling': fc.constant(autoScaling),
      replicas: replicas(of, autoScaling.targets.length > 0),
      attachments: fc.constant([]),
    }),
  ),
);

/** Any such table of which some settings could not be read. */
export const anyLiveTable: fc.Arbitrary<LiveTable> = fc
  .record({
    settings: anySettings,
    unread: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray(SETTING_FACETS.filter((facet) => facet !== 'shape')) },
    ),
  })
  .map(({ settings, unread }) => liveTable(settings, unread));
