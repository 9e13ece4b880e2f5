import type { SimAccount } from '../account.ts';
import { functionArn } from '../arn.ts';
import { CONSOLE, type Input, type ServiceName } from '../call.ts';
import type { Table } from '../dynamodb/table.ts';
import { OPERATIONS } from '../operations.ts';
import { putFunction } from './services.ts';

type Invoke = (service: ServiceName, operation: string, input: Input) => Promise<Input>;

/** Calls as the console does: neither rates nor faults nor permission stand in between. */
export const invokeIn =
  (account: SimAccount): Invoke =>
  async (service, operation, input) => {
    account.state.settle();
    const perform = OPERATIONS[service][operation];
    if (!perform) throw new Error(`The simulated account has no ${operation}.`);
    return (await perform({ account, caller: CONSOLE, now: account.clock.now() }, input)) as Input;
  };

/** Scales the table and its indexes. */
export const scale = async (invoke: Invoke, name: string): Promise<void> => {
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

/** Makes what points at the table: a mapping, a pipe, and alarms of three kinds. */
export const attach = async (
  account: SimAccount,
  invoke: Invoke,
  { name, streamArn }: Table,
): Promise<void> => {
  const reader = `${name}-reader`;
  putFunction(account, reader);
  const tags = { team: 'shop', part: name };
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
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
    Tags: tags,
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
    Tags: tags,
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
    Tags,
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
    Tags,
    AlarmRule: `ALARM("${name}-throttled") OR ALARM("${name}-share")`,
  });
};
