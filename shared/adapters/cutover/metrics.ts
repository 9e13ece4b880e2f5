import { type CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { Reading } from '../../ports/inventory.ts';
import { readingOf } from '../aws/reading.ts';

/** Values of a metric, one a minute where there is any. */
export interface MetricValues {
  readonly values: readonly number[];
}

interface Asked {
  readonly namespace: string;
  readonly name: string;
  readonly dimension: readonly [string, string];
  readonly statistic: 'Maximum' | 'Sum';
}

/**
 * Reads one metric by the minute, from the minute of `since` on.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html (checked 2026-11-28)
 */
const readMetric = (
  client: CloudWatchClient,
  { namespace, name, dimension: [Name, Value], statistic }: Asked,
  since: Instant,
  until: Instant,
): Promise<Reading<MetricValues>> =>
  readingOf('GetMetricData', async () => {
    const Metric = { Namespace: namespace, MetricName: name, Dimensions: [{ Name, Value }] };
    const values: number[] = [];
    let token: string | undefined;
    do {
      const answer = await client.send(
        new GetMetricDataCommand({
          StartTime: new Date(since - (since % MINUTE_MS)),
          EndTime: new Date(until),
          MetricDataQueries: [{ Id: 'one', MetricStat: { Metric, Period: 60, Stat: statistic } }],
          ...(token !== undefined && { NextToken: token }),
        }),
      );
      const [result] = answer.MetricDataResults ?? [];
      if (result === undefined) return 'the answer has no result';
      values.push(...(result.Values ?? []));
      token = answer.NextToken;
    } while (token !== undefined);
    return { values };
  });

/** Reads how many write units a table consumed. */
export const readWriteUnits = async (
  client: CloudWatchClient,
  table: string,
  since: Instant,
  until: Instant,
): Promise<Reading<{ readonly units: number }>> => {
  const asked = {
    namespace: 'AWS/DynamoDB',
    name: 'ConsumedWriteCapacityUnits',
    dimension: ['TableName', table],
    statistic: 'Sum',
  } as const;
  const reading = await readMetric(client, asked, since, until);
  if (reading.kind !== 'found') return reading;
  return { kind: 'found', value: { units: reading.value.values.reduce((sum, value) => sum + value, 0) } };
};

/** Reads how old the oldest batch was that a function was given, in milliseconds; zero where it was given none. */
export const readIteratorAge = async (
  client: CloudWatchClient,
  functionName: string,
  since: Instant,
  until: Instant,
): Promise<Reading<{ readonly ageMs: number }>> => {
  const asked = {
    namespace: 'AWS/Lambda',
    name: 'IteratorAge',
    dimension: ['FunctionName', functionName],
    statistic: 'Maximum',
  } as const;
  const reading = await readMetric(client, asked, since, until);
  if (reading.kind !== 'found') return reading;
  return { kind: 'found', value: { ageMs: Math.max(0, ...reading.value.values) } };
};
