import { type CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Attachment } from '../../model/table-settings.ts';
import type { Listing } from '../../ports/inventory.ts';
import { type Page, readPages } from '../aws/paginate.ts';
import { statedList } from '../aws/reading.ts';
import { statedMembers } from './stated-json.ts';

/** An alarm with what it looks at. */
export interface Alarm {
  readonly attachment: Attachment;
  /** Tables in the dimensions of its metrics. */
  readonly tables: readonly string[];
  /** A composite alarm's. */
  readonly rule?: string;
}

/** What an alarm consists of; its state and times change by themselves. */
export const ALARM_MEMBERS = [
  'ActionsEnabled',
  'ActionsSuppressor',
  'ActionsSuppressorExtensionPeriod',
  'ActionsSuppressorWaitPeriod',
  'AlarmActions',
  'AlarmDescription',
  'AlarmRule',
  'ComparisonOperator',
  'DatapointsToAlarm',
  'Dimensions',
  'EvaluateLowSampleCountPercentile',
  'EvaluationPeriods',
  'ExtendedStatistic',
  'InsufficientDataActions',
  'MetricName',
  'Metrics',
  'Namespace',
  'OKActions',
  'Period',
  'Statistic',
  'Threshold',
  'ThresholdMetricId',
  'TreatMissingData',
  'Unit',
];

/** Auto scaling makes its own alarms with each of its policies. */
const OF_AUTO_SCALING = 'TargetTracking-table/';

const tablesOf = ({ Dimensions, Metrics }: Partial<MetricAlarm>): readonly string[] => {
  const inMetrics = (Metrics ?? []).flatMap((one) => one.MetricStat?.Metric?.Dimensions ?? []);
  return [...(Dimensions ?? []), ...inMetrics].flatMap(({ Name, Value }) =>
    Name === 'TableName' && Value !== undefined ? [Value] : [],
  );
};

const toAlarm = (alarm: Partial<MetricAlarm> & { readonly AlarmRule?: string | undefined }): Alarm[] => {
  const { AlarmName: id, AlarmRule: rule } = alarm;
  if (id === undefined || id.startsWith(OF_AUTO_SCALING)) return [];
  return [
    {
      attachment: { kind: 'alarm', id, content: statedMembers(alarm, ALARM_MEMBERS) },
      tables: tablesOf(alarm),
      ...(rule !== undefined && { rule }),
    },
  ];
};

/**
 * Lists all alarms of the account and Region: the service filters by no dimension. Those that auto scaling makes for its policies are left out.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html (checked 2026-11-28)
 */
export const listAlarms = (client: CloudWatchClient): Promise<Listing<Alarm>> =>
  readPages('DescribeAlarms', async (token): Promise<Page<Alarm>> => {
    const answer = await client.send(
      new DescribeAlarmsCommand({
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
        MaxRecords: 100,
        ...(token !== undefined && { NextToken: token }),
      }),
    );
    const [metric, composite] = [statedList(answer.MetricAlarms), statedList(answer.CompositeAlarms)];
    return { items: [...(metric ?? []), ...(composite ?? [])].flatMap(toAlarm), token: answer.NextToken };
  });

/** `ALARM("name")`, `OK(name)`, `INSUFFICIENT_DATA("arn:…:alarm:name")`. */
const NAMED_IN_RULE = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|'([^']*)'|([^\s)]*))\s*\)/g;
const ALARM_ARN = /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.*)$/s;

const namesIn = (rule: string): readonly string[] =>
  [...rule.matchAll(NAMED_IN_RULE)].map(([, double, single, bare]) => {
    const text = double ?? single ?? bare ?? '';
    return ALARM_ARN.exec(text)?.[1] ?? text;
  });

/** Picks the alarms of a table: those of its metrics, and the composite ones that name one of them, or one of those. */
export const alarmsOf = (table: string, alarms: readonly Alarm[]): readonly Attachment[] => {
  const found = new Set(
    alarms.filter(({ tables }) => tables.includes(table)).map((one) => one.attachment.id),
  );
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { attachment, rule } of alarms)
      if (rule !== undefined && namesIn(rule).some((name) => found.has(name))) found.add(attachment.id);
  }
  return alarms.map(({ attachment }) => attachment).filter(({ id }) => found.has(id));
};
