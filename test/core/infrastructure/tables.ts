import type { TableSettings } from '../../../shared/model/table-settings.ts';
import { aPolicy, fullScaling, PLAIN } from '../../support/any-table.ts';

const ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders-restored-20261120-1000';
const STREAM_ARN = `${ARN}/stream/2026-11-20T10:30:00.000`;

const INDEXES: TableSettings['shape']['globalIndexes'] = [
  {
    name: 'by-day',
    keys: [
      { name: 'day', role: 'HASH' },
      { name: 'pk', role: 'RANGE' },
    ],
    projection: { type: 'INCLUDE', attributes: ['note'] },
    onDemandMaximum: { reads: 100, writes: -1 },
    warmThroughput: { reads: 12_000, writes: 4000 },
  },
];

/** Every setting on. */
export const EVERYTHING: TableSettings = {
  shape: {
    keys: [
      { name: 'pk', role: 'HASH' },
      { name: 'sk', role: 'RANGE' },
    ],
    attributes: ['pk', 'sk', 'day', 'at', 'unused'].map((name) => ({ name, type: 'S' })),
    globalIndexes: INDEXES,
    localIndexes: [
      {
        name: 'by-at',
        keys: [
          { name: 'pk', role: 'HASH' },
          { name: 'at', role: 'RANGE' },
        ],
        projection: { type: 'KEYS_ONLY' },
      },
    ],
    billingMode: 'PAY_PER_REQUEST',
    capacity: { reads: 0, writes: 0 },
    onDemandMaximum: { reads: 4000, writes: 2000 },
    warmThroughput: { reads: 31_000, writes: 4000 },
    tableClass: 'STANDARD_INFREQUENT_ACCESS',
    deletionProtection: true,
    encryption: { kind: 'kms', keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/orders' },
    stream: { viewType: 'NEW_AND_OLD_IMAGES', arn: STREAM_ARN },
  },
  tags: { 'backup:policy': 'standard', team: 'shop', 'aws:servicecatalog:x': 'y' },
  ttl: { attribute: 'expires' },
  pitr: { enabled: true, recoveryPeriodDays: 7 },
  'resource-policy': aPolicy('dynamodb:GetItem', ARN),
  'stream-policy': aPolicy('dynamodb:GetRecords', STREAM_ARN),
  insights: [
    { status: 'ENABLED', mode: 'THROTTLED_KEYS' },
    { index: 'by-day', status: 'ENABLED' },
    { index: 'gone', status: 'ENABLED' },
  ],
  kinesis: [
    {
      streamArn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/changes',
      status: 'ACTIVE',
      precision: 'MILLISECOND',
    },
  ],
  'auto-scaling': PLAIN['auto-scaling'],
  replicas: [],
  attachments: [{ kind: 'alarm', id: 'orders-throttled', content: {} }],
};

const SHAPE: TableSettings['shape'] = {
  ...EVERYTHING.shape,
  billingMode: 'PROVISIONED',
  capacity: { reads: 20, writes: 10 },
  globalIndexes: INDEXES.map(({ onDemandMaximum: _, ...index }) => ({
    ...index,
    capacity: { reads: 6, writes: 7 },
  })),
};

/** A provisioned table that scales, as its index does, with scheduled actions. */
export const PROVISIONED: TableSettings = {
  ...PLAIN,
  shape: SHAPE,
  pitr: { enabled: true, recoveryPeriodDays: 35 },
  'auto-scaling': fullScaling(SHAPE, { isScheduled: true, isSuspended: true }),
};
