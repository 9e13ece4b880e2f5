import type { Input } from '../call.ts';
import { type ServiceFailure, serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import type { MetricName, Metrics } from './metrics.ts';

const invalid = (message: string): ServiceFailure => serviceFailure('ValidationError', message);

/** Seconds in most protocols, text in the oldest. */
const instantOf = (value: unknown, absent: number): number => {
  if (value === undefined) return absent;
  return typeof value === 'number' ? value * 1000 : Date.parse(String(value));
};

interface Datum extends MetricName {
  readonly Timestamp?: unknown;
  readonly Value?: unknown;
}

export const putMetricData: Operation = ({ account, now }, { Namespace, MetricData }) => {
  if (typeof Namespace !== 'string') throw invalid('The parameter Namespace is required.');
  for (const { Timestamp, Value, ...metric } of (MetricData ?? []) as readonly Datum[]) {
    const sample = { at: instantOf(Timestamp, now), value: Number(Value ?? 0) };
    account.state.metrics.add({ ...metric, Namespace }, sample);
  }
  return {};
};

type Statistic = (values: readonly number[]) => number;

const sum: Statistic = (values) => values.reduce((total, value) => total + value, 0);

const STATISTICS: Readonly<Record<string, Statistic>> = {
  Sum: sum,
  Average: (values) => sum(values) / values.length,
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  SampleCount: (values) => values.length,
};

interface Query {
  readonly Id: string;
  readonly MetricStat?: { readonly Metric: MetricName; readonly Period: unknown; readonly Stat: string };
}

interface Span {
  readonly since: number;
  readonly until: number;
}

const resultOf = (metrics: Metrics, { Id, MetricStat: stat }: Query, { since, until }: Span): object => {
  if (!stat) throw invalid(`The query ${Id} has no MetricStat: expressions are not computed here.`);
  const statistic = STATISTICS[stat.Stat];
  if (!statistic) throw invalid(`The statistic ${stat.Stat} is not known here.`);
  const periodMs = Number(stat.Period) * 1000;
  const byPeriod = Map.groupBy(metrics.between(stat.Metric, since, until), ({ at }) => at - (at % periodMs));
  const periods = [...byPeriod].sort(([a], [b]) => b - a);
  return {
    Id,
    Label: stat.Metric.MetricName,
    Timestamps: periods.map(([at]) => new Date(at)),
    Values: periods.map(([, samples]) => statistic(samples.map(({ value }) => value))),
    StatusCode: 'Complete',
  };
};

/** Newest first, and no value for a period without samples, as CloudWatch does. All on one page. */
export const getMetricData: Operation = ({ account, now }, input: Input) => {
  const span = { since: instantOf(input.StartTime, 0), until: instantOf(input.EndTime, now) };
  if (span.since >= span.until)
    throw invalid('The parameter StartTime must be less than the parameter EndTime.');
  const queries = (input.MetricDataQueries ?? []) as readonly Query[];
  return { MetricDataResults: queries.map((query) => resultOf(account.state.metrics, query, span)) };
};
