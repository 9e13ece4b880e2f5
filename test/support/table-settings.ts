import type { RestoreContext } from '../../shared/core/restore/context.ts';
import type { RestoreChoices } from '../../shared/model/restore.ts';
import type { TableSettings, TableShape } from '../../shared/model/table-settings.ts';

// A table with every setting on, and what a restore of it is decided by.

export const ACCOUNT = '111122223333';
export const OLD_STREAM = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders/stream/2026-01-01T00:00:00.000`;
export const NEW_STREAM = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders-restored/stream/2026-11-28T00:00:00.000`;
export const KINESIS = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/changes`;
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/0123`;

export const aShape = (part: Partial<TableShape> = {}): TableShape => ({
  keys: [{ name: 'pk', role: 'HASH' }],
  attributes: [
    { name: 'pk', type: 'S' },
    { name: 'day', type: 'S' },
  ],
  globalIndexes: [
    {
      name: 'by-day',
      keys: [{ name: 'day', role: 'HASH' }],
      projection: { type: 'ALL' },
      capacity: { reads: 7, writes: 8 },
      warmThroughput: { reads: 12_000, writes: 4_000 },
    },
  ],
  localIndexes: [],
  billingMode: 'PROVISIONED',
  capacity: { reads: 10, writes: 20 },
  warmThroughput: { reads: 30_000, writes: 4_000 },
  tableClass: 'STANDARD_INFREQUENT_ACCESS',
  deletionProtection: true,
  encryption: { kind: 'kms', keyArn: KEY },
  stream: { viewType: 'NEW_AND_OLD_IMAGES', arn: OLD_STREAM },
  ...part,
});

const policy = (Resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'dynamodb:GetItem', Resource },
    ],
  });

export const TABLE_POLICY = policy(`arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders`);
export const STREAM_POLICY = policy(OLD_STREAM);

/** Every setting is on. */
export const everySetting = (part: Partial<TableSettings> = {}): TableSettings => ({
  shape: aShape(),
  tags: { 'backup:policy': 'standard', app: 'shop' },
  ttl: { attribute: 'expires' },
  pitr: { enabled: true, recoveryPeriodDays: 14 },
  'resource-policy': TABLE_POLICY,
  'stream-policy': STREAM_POLICY,
  insights: [
    { status: 'ENABLED', mode: 'THROTTLED_KEYS' },
    { index: 'by-day', status: 'ENABLED', mode: 'ACCESSED_AND_THROTTLED_KEYS' },
  ],
  kinesis: [{ streamArn: KINESIS, status: 'ACTIVE', precision: 'MICROSECOND' }],
  'auto-scaling': {
    targets: [
      { resourceId: 'table/orders', dimension: 'dynamodb:table:WriteCapacityUnits', min: 5, max: 50 },
      {
        resourceId: 'table/orders/index/by-day',
        dimension: 'dynamodb:index:WriteCapacityUnits',
        min: 5,
        max: 50,
      },
    ],
    rules: [
      {
        kind: 'policy',
        name: 'half-full',
        resourceId: 'table/orders',
        dimension: 'dynamodb:table:WriteCapacityUnits',
        content: {
          PolicyType: 'TargetTrackingScaling',
          TargetTrackingScalingPolicyConfiguration: {
            TargetValue: 50,
            CustomizedMetricSpecification: { Dimensions: [{ Name: 'TableName', Value: 'orders' }] },
          },
        },
      },
    ],
  },
  replicas: [{ region: 'eu-west-1', tags: { app: 'shop' }, pitr: { enabled: true, recoveryPeriodDays: 7 } }],
  attachments: [
    { kind: 'alarm', id: 'orders-throttled', content: {} },
    { kind: 'event-source-mapping', id: 'uuid-1', content: {} },
    { kind: 'pipe', id: 'orders-pipe', content: {} },
  ],
  ...part,
});

export const CHOICES: RestoreChoices = {
  settings: 'all',
  ttl: 'on',
  warm: 'as-was',
  role: 'replacement',
};

/** A restore of `orders` into `orders-restored`, whose source is gone, unless said otherwise. */
export const aContext = (
  choices: Partial<RestoreChoices> = {},
  more: Partial<Omit<RestoreContext, 'choices'>> = {},
): RestoreContext => ({
  names: {
    from: { accountId: ACCOUNT, region: 'us-east-1', table: 'orders' },
    to: { accountId: ACCOUNT, region: 'us-east-1', table: 'orders-restored' },
    policyTag: 'backup:policy',
    sourceExists: false,
  },
  overrides: {},
  ...more,
  choices: { ...CHOICES, ...choices },
});
