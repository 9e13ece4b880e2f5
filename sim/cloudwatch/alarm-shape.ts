import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { SimAccount } from '../account.ts';
import { alarmArn } from '../arn.ts';
import type { Place } from '../autoscaling/scaling.ts';
import type { Alarm } from './alarms.ts';

const KINDS = ['AlarmHigh', 'AlarmLow', 'ProvisionedCapacityHigh', 'ProvisionedCapacityLow'] as const;

/** Makes the alarms of a target tracking policy, named as auto scaling names its own, and returns their names. */
export const trackingAlarms = (account: SimAccount, { resourceId, dimension }: Place, now: number) => {
  const [, table = '', index] = /^table\/([^/]+)(?:\/index\/([^/]+))?$/.exec(resourceId) ?? [];
  const units = dimension.split(':').at(-1) ?? '';
  return KINDS.map((kind) => {
    const name = `TargetTracking-${resourceId}-${kind}-${account.state.random.uuid()}`;
    const metric = kind.startsWith('Alarm') ? `Consumed${units}` : `Provisioned${units}`;
    const definition: Partial<MetricAlarm> = {
      Namespace: 'AWS/DynamoDB',
      MetricName: metric,
      Dimensions: [
        { Name: 'TableName', Value: table },
        ...(index === undefined ? [] : [{ Name: 'GlobalSecondaryIndexName', Value: index }]),
      ],
      Statistic: kind.startsWith('Alarm') ? 'Sum' : 'Average',
      Period: kind.startsWith('Alarm') ? 60 : 300,
      EvaluationPeriods: 2,
      Threshold: 42,
      ComparisonOperator: kind.endsWith('High') ? 'GreaterThanThreshold' : 'LessThanThreshold',
      ActionsEnabled: true,
    };
    account.state.alarms.set(name, { name, kind: 'MetricAlarm', definition, changedAt: now, tags: {} });
    return name;
  });
};

/** The wire's shape of an alarm. Its instants are dates: each protocol writes them its own way. */
export const alarmShape = (account: SimAccount, { name, definition, kind, changedAt }: Alarm): object => ({
  ActionsEnabled: true,
  OKActions: [],
  AlarmActions: [],
  InsufficientDataActions: [],
  ...(kind === 'MetricAlarm' && definition.Metrics === undefined ? { Dimensions: [] } : {}),
  ...definition,
  AlarmName: name,
  AlarmArn: alarmArn(account, name),
  AlarmConfigurationUpdatedTimestamp: new Date(changedAt),
  StateValue: 'INSUFFICIENT_DATA',
  StateReason: 'Unchecked: Initial alarm creation',
  StateUpdatedTimestamp: new Date(changedAt),
});
