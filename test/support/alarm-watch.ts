import type { SimAccount } from '../../sim/account.ts';
import { CONSOLE } from '../../sim/call.ts';
import { publish } from '../../sim/sns/publish.ts';
import type { Resource } from './template.ts';

// CloudWatch, as far as alarms of one period need it: measured values are compared with the alarms of the packaged template, and those that go off
// notify their topics. No role and no code of this project is in between.

type Resources = Readonly<Record<string, Resource>>;

/** What was measured in the last period: values by `Namespace Metric Dimension=value`. What is not there is missing. */
export type Measured = Readonly<Record<string, number>>;

interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

/** An alarm of the template, resolved. */
export interface Alarm {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly Dimension[];
  readonly ComparisonOperator: 'GreaterThanThreshold' | 'LessThanThreshold';
  readonly Threshold: number;
  readonly TreatMissingData: 'breaching' | 'notBreaching';
  readonly AlarmActions: readonly string[];
  readonly OKActions?: readonly string[];
  readonly Statistic: string;
  /** In seconds. */
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
}

/** Lists the alarms among resolved resources. */
export const alarmsOf = (resources: Resources): readonly Alarm[] =>
  Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .map(({ Properties }) => Properties as unknown as Alarm);

/** The metric that an alarm watches, as text. */
export const metricOf = ({ Namespace, MetricName, Dimensions }: Alarm): string =>
  [Namespace, MetricName, ...Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).toSorted()].join(' ');

const isBreached = (alarm: Alarm, measured: Measured): boolean => {
  const value = measured[metricOf(alarm)];
  if (value === undefined) return alarm.TreatMissingData === 'breaching';
  return alarm.ComparisonOperator === 'GreaterThanThreshold'
    ? value > alarm.Threshold
    : value < alarm.Threshold;
};

const tell = async (account: SimAccount, { AlarmName, AlarmDescription, AlarmActions }: Alarm) => {
  const words = { AlarmName, AlarmDescription, NewStateValue: 'ALARM', AWSAccountId: account.accountId };
  const context = { account, caller: CONSOLE, now: account.clock.now() };
  for (const TopicArn of AlarmActions.filter((arn) => account.state.topics.has(arn)))
    await publish(context, { TopicArn, Subject: `ALARM: "${AlarmName}"`, Message: JSON.stringify(words) });
};

/** Evaluates alarms on measured values: those that go off notify their topics. Returns their names. */
export const watchAlarms = async (
  account: SimAccount,
  resources: Resources,
  measured: Measured,
): Promise<readonly string[]> => {
  const ringing = alarmsOf(resources).filter((alarm) => isBreached(alarm, measured));
  for (const alarm of ringing) await tell(account, alarm);
  return ringing.map(({ AlarmName }) => AlarmName).toSorted();
};
