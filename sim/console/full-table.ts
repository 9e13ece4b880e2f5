import type { SimAccount } from '../account.ts';
import { functionArn, tableArn } from '../arn.ts';
import { CONSOLE, type Input, type ServiceName } from '../call.ts';
import type { Table } from '../dynamodb/table.ts';
import { OPERATIONS } from '../operations.ts';
import { putFunction } from './services.ts';
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

type Invoke = (service: ServiceName, operation: string, input: Input) => Promise<Input>;

/** Calls as the console does: neither rates nor faults nor permission stand in between. */
const invokeIn =
  (account: SimAccount): Invoke =>
  async (service, operation, input) => {
    account.state.settle();
    const perform = OPERATIONS[service][operation];
    if (!perform) throw new Error(`The simulated account has no ${operation}.`);
    return (await perform({ account, caller: CONSOLE, now: account.clock.now() }, input)) as Input;
  };

const scale = async (invoke: Invoke, name: string): Promise<void> => {
  const places = [
    { ResourceId: `table/${name}`, kind: 'table' },
    { ResourceId: `table/${name}/index/by-customer`, kind: 'index' },
    { ResourceId: `table/${name}/index/by-day`, kind: 'index' },
  ];
  for (const { ResourceId, kind } of places) {
    for (const units of ['Read', 'Write']) {
      const ScalableDimension = `dynamodb:${kind}:${units}CapacityUnits`;
      const place = { ServiceNamespace: 'dynamodb', ResourceId, ScalableDimension };
      await invoke('autoscaling', 'RegisterScalableTarget', { ...place, MinCapacity: 5, MaxCapacity: 400 });
      await invoke('autoscaling', 'PutScalingPolicy', {
        ...place,
        PolicyName: `${name}-${kind}-${units}`,
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 70,
          ScaleInCooldown: 60,
          ScaleOutCooldown: 30,
          PredefinedMetricSpecification: {
            PredefinedMetricType: `DynamoDB${units}CapacityUtilization`,
          },
        },
      });
    }
  }
  await invoke('autoscaling', 'PutScheduledAction', {
    ServiceNamespace: 'dynamodb',
    ResourceId: `table/${name}`,
    ScalableDimension: 'dynamodb:table:WriteCapacityUnits',
    ScheduledActionName: `${name}-monday`,
    Schedule: 'cron(0 6 ? * MON *)',
    Timezone: 'Europe/Zurich',
    ScalableTargetAction: { MinCapacity: 20, MaxCapacity: 400 },
  });
};

const attach = async (account: SimAccount, invoke: Invoke, { name, streamArn }: Table): Promise<void> => {
  const reader = `${name}-reader`;
  putFunction(account, reader);
  await invoke('lambda', 'CreateEventSourceMapping', {
    EventSourceArn: streamArn,
    FunctionName: reader,
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 250,
    MaximumBatchingWindowInSeconds: 5,
    ParallelizationFactor: 2,
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 3,
    MaximumRecordAgeInSeconds: 3600,
    TumblingWindowInSeconds: 0,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
    DestinationConfig: {
      OnFailure: { Destination: `arn:aws:sqs:${account.region}:${account.accountId}:${reader}-failed` },
    },
  });
  await invoke('pipes', 'CreatePipe', {
    Name: `${name}-pipe`,
    RoleArn: `arn:aws:iam::${account.accountId}:role/${name}-pipe`,
    Source: streamArn,
    SourceParameters: { DynamoDBStreamParameters: { StartingPosition: 'LATEST', BatchSize: 10 } },
    Target: functionArn(account, reader),
  });
  const alarm = {
    EvaluationPeriods: 1,
    Period: 60,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
  };
  const Dimensions = [{ Name: 'TableName', Value: name }];
  const metric = { Namespace: 'AWS/DynamoDB', MetricName: 'ThrottledRequests', Dimensions };
  await invoke('cloudwatch', 'PutMetricAlarm', {
    ...alarm,
    ...metric,
    AlarmName: `${name}-throttled`,
    Statistic: 'Sum',
  });
  const { Period: _period, ...rest } = alarm;
  await invoke('cloudwatch', 'PutMetricAlarm', {
    ...rest,
    AlarmName: `${name}-share`,
    Metrics: [
      { Id: 'share', Expression: 'throttled / 60', ReturnData: true },
      { Id: 'throttled', MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' }, ReturnData: false },
    ],
  });
  await invoke('cloudwatch', 'PutCompositeAlarm', {
    AlarmName: `${name}-unwell`,
    AlarmRule: `ALARM("${name}-throttled") OR ALARM("${name}-share")`,
  });
};

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
