import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Outcome, OutcomeStatus } from '../shared/model/outcome.ts';
import type { RunReport } from '../shared/run/reconcile.ts';

const SEVERITIES = ['critical', 'warning', 'info'] as const;

const count = (
  outcomes: readonly Outcome[],
  status: OutcomeStatus,
  kind?: Outcome['action']['kind'],
): number =>
  outcomes.filter(
    (outcome) => outcome.status === status && (kind === undefined || outcome.action.kind === kind),
  ).length;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Given a run's report, returns its counts by the names that dashboards and alarms know. Zeroes are told too: an alarm needs them. */
export const countsOf = ({ outcomes, openFindings, calls }: RunReport): Readonly<Record<string, number>> => ({
  Created: count(outcomes, 'done', 'create'),
  Expired: count(outcomes, 'done', 'expire'),
  Repaired: count(outcomes, 'done', 'enable-pitr'),
  Failed: count(outcomes, 'failed') + count(outcomes, 'refused'),
  Deferred: count(outcomes, 'deferred'),
  ...Object.fromEntries(
    SEVERITIES.map((severity) => [
      `OpenFindings${severity.charAt(0).toUpperCase()}${severity.slice(1)}`,
      openFindings.filter((finding) => finding.severity === severity).length,
    ]),
  ),
  ApiCalls: sum(calls.map((call) => call.calls)),
  Throttles: sum(calls.map((call) => call.throttles)),
});

/** Given the function's metrics, adds a run's counts and its duration to what leaves with the log line (CloudWatch's embedded format). */
export const addRunMetrics = (metrics: Metrics, report: RunReport): void => {
  for (const [name, value] of Object.entries(countsOf(report)))
    metrics.addMetric(name, MetricUnit.Count, value);
  metrics.addMetric('Duration', MetricUnit.Milliseconds, report.durationMs);
};

/** Given the instance, returns metrics in Tablekeeper's namespace; the function's name and the instance are the dimensions. */
export const metricsOf = (instance: string, functionName: string): Metrics =>
  new Metrics({
    namespace: 'Tablekeeper',
    serviceName: functionName,
    defaultDimensions: { instance },
  });
