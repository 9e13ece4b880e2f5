import type { SimAccount } from '../account.ts';
import { tableArn } from '../arn.ts';
import type { Input } from '../call.ts';
import type { Table } from '../dynamodb/table.ts';
import { attach, invokeIn, scale } from './attachments.ts';
import { tableOf } from './tables.ts';

/** What may be otherwise in a table with every setting on. */
export interface FullTable {
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly items?: readonly Input[];
  /** `PROVISIONED`, with auto scaling, unless given. */
  readonly billingMode?: 'PAY_PER_REQUEST' | 'PROVISIONED';
}

const S = 'S' as const;
const capacity = (units: number) => ({ ReadCapacityUnits: units, WriteCapacityUnits: units });

const schemaOf = (isProvisioned: boolean) => ({
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: S },
    { AttributeName: 'sk', AttributeType: S },
    { AttributeName: 'customer', AttributeType: S },
    { AttributeName: 'day', AttributeType: S },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: ['customer', 'day'].map((AttributeName) => ({
    IndexName: `by-${AttributeName}`,
    KeySchema: [{ AttributeName, KeyType: 'HASH' }],
    Projection: { ProjectionType: 'ALL' },
    ...(isProvisioned ? { ProvisionedThroughput: capacity(7) } : {}),
  })),
  LocalSecondaryIndexes: [
    {
      IndexName: 'of-pk-by-day',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'day', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
});

const policyFor = (accountId: string, action: string, Resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: action, Resource },
    ],
  });

/**
 * Makes a table with every setting on that a backup does not carry, with what points at it, and writes items. Time passes until all of it
 * is there: `pass` moves the clock.
 */
export const createFullTable = async (
  account: SimAccount,
  options: FullTable,
  pass: (ms: number) => Promise<void> = (ms) => account.clock.advanceBy(ms),
): Promise<Table> => {
  const { name, tags = { team: 'shop' }, items = [], billingMode = 'PROVISIONED' } = options;
  const invoke = invokeIn(account);
  const { settings } = account.state;
  const isProvisioned = billingMode === 'PROVISIONED';
  await invoke('dynamodb', 'CreateTable', {
    TableName: name,
    ...schemaOf(isProvisioned),
    BillingMode: billingMode,
    ...(isProvisioned
      ? { ProvisionedThroughput: capacity(10) }
      : { OnDemandThroughput: { MaxReadRequestUnits: 9000, MaxWriteRequestUnits: 3000 } }),
    SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: `key-of-${name}` },
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TableClass: 'STANDARD_INFREQUENT_ACCESS',
    DeletionProtectionEnabled: true,
    WarmThroughput: { ReadUnitsPerSecond: 31_000, WriteUnitsPerSecond: 9000 },
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  });
  await pass(settings.createTableMs + settings.backupsEnabledMs + settings.tagLagMs);
  const table = tableOf(account, name);
  await invoke('dynamodb', 'UpdateContinuousBackups', {
    TableName: name,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 14 },
  });
  await invoke('dynamodb', 'UpdateTimeToLive', {
    TableName: name,
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
  });
  await invoke('dynamodb', 'EnableKinesisStreamingDestination', {
    TableName: name,
    StreamArn: `arn:aws:kinesis:${account.region}:${account.accountId}:stream/${name}-changes`,
    EnableKinesisStreamingConfiguration: { ApproximateCreationDateTimePrecision: 'MICROSECOND' },
  });
  for (const IndexName of [undefined, 'by-customer']) {
    await invoke('dynamodb', 'UpdateContributorInsights', {
      TableName: name,
      ...(IndexName === undefined ? {} : { IndexName }),
      ContributorInsightsAction: 'ENABLE',
      ContributorInsightsMode: IndexName === undefined ? 'THROTTLED_KEYS' : 'ACCESSED_AND_THROTTLED_KEYS',
    });
  }
  const put = (arn: string, action: string) =>
    invoke('dynamodb', 'PutResourcePolicy', {
      ResourceArn: arn,
      Policy: policyFor(account.accountId, action, arn),
    });
  await put(tableArn(account, name), 'dynamodb:GetItem');
  await put(table.streamArn ?? '', 'dynamodb:GetRecords');
  if (isProvisioned) await scale(invoke, name);
  await attach(account, invoke, table);
  for (const Item of items) await invoke('dynamodb', 'PutItem', { TableName: name, Item });
  await pass(
    settings.ttlSwitchMs + settings.kinesisMs + settings.insightsMs + settings.mappingMs + settings.pipeMs,
  );
  return table;
};
