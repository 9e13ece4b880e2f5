import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import { expect } from 'vitest';
import { numbered } from '../doing.ts';
import type { Story, World } from '../story.ts';

const METRIC = {
  Namespace: 'AWS/DynamoDB',
  MetricName: 'ThrottledRequests',
  Dimensions: [{ Name: 'TableName', Value: 'orders' }],
};
const RULE = { EvaluationPeriods: 1, Threshold: 1.5, ComparisonOperator: 'GreaterThanThreshold' as const };

const putAlarm = ({ cloudwatch }: World, AlarmName: string) =>
  cloudwatch.send(new PutMetricAlarmCommand({ AlarmName, ...METRIC, ...RULE, Statistic: 'Sum', Period: 60 }));

export const ALARM_STORIES: readonly Story[] = [
  {
    name: 'an alarm on a metric is listed as it was put',
    tell: async (world) => {
      await putAlarm(world, 'throttled');
      const { MetricAlarms } = await world.cloudwatch.send(new DescribeAlarmsCommand({}));
      expect(MetricAlarms).toMatchObject([
        { AlarmName: 'throttled', ...METRIC, ...RULE, Statistic: 'Sum', Period: 60 },
      ]);
      expect(MetricAlarms?.[0]?.AlarmConfigurationUpdatedTimestamp).toBeInstanceOf(Date);
    },
  },
  {
    name: 'an alarm on an expression keeps its metrics',
    tell: async ({ cloudwatch }) => {
      const Metrics = [
        { Id: 'share', Expression: 'throttled / 60', ReturnData: true },
        { Id: 'throttled', MetricStat: { Metric: METRIC, Period: 60, Stat: 'Sum' }, ReturnData: false },
      ];
      await cloudwatch.send(new PutMetricAlarmCommand({ AlarmName: 'share', ...RULE, Metrics }));
      const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({}));
      expect(MetricAlarms?.[0]?.Metrics).toMatchObject(Metrics);
    },
  },
  {
    name: 'composite alarms are listed only when they are asked for',
    tell: async (world) => {
      const { cloudwatch } = world;
      await putAlarm(world, 'throttled');
      const AlarmRule = 'ALARM("throttled")';
      await cloudwatch.send(new PutCompositeAlarmCommand({ AlarmName: 'unwell', AlarmRule }));
      const plain = await cloudwatch.send(new DescribeAlarmsCommand({}));
      expect(plain.CompositeAlarms ?? []).toEqual([]);
      const AlarmTypes = ['CompositeAlarm' as const, 'MetricAlarm' as const];
      const both = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmTypes }));
      expect(both.CompositeAlarms).toMatchObject([{ AlarmName: 'unwell', AlarmRule }]);
      expect(both.MetricAlarms).toHaveLength(1);
    },
  },
  {
    name: 'an alarm that is deleted is gone',
    tell: async (world) => {
      await putAlarm(world, 'throttled');
      await world.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['throttled'] }));
      const { MetricAlarms } = await world.cloudwatch.send(new DescribeAlarmsCommand({}));
      expect(MetricAlarms ?? []).toEqual([]);
    },
  },
  {
    name: 'alarms are found by the start of their names',
    tell: async (world) => {
      for (const name of ['orders-a', 'orders-b', 'users-a']) await putAlarm(world, name);
      const list = new DescribeAlarmsCommand({ AlarmNamePrefix: 'orders-' });
      const { MetricAlarms } = await world.cloudwatch.send(list);
      expect(MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['orders-a', 'orders-b']);
    },
  },
  {
    name: 'alarms come in pages, each once',
    tell: async (world) => {
      const names = numbered('alarm', 7);
      for (const name of names) await putAlarm(world, name);
      const found: (string | undefined)[] = [];
      const sizes: number[] = [];
      let NextToken: string | undefined;
      do {
        const list = new DescribeAlarmsCommand({ MaxRecords: 3, NextToken });
        const page = await world.cloudwatch.send(list);
        found.push(...(page.MetricAlarms ?? []).map(({ AlarmName }) => AlarmName));
        sizes.push(page.MetricAlarms?.length ?? 0);
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      expect(found).toEqual(names);
      expect(sizes).toEqual([3, 3, 1]);
    },
  },
];
