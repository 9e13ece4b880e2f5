import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Mode } from '../shared/model/plan.ts';
import type { RunReport } from '../shared/run/reconcile.ts';

const metricsOf = (instance: string, mode: Mode): Metrics =>
  new Metrics({ namespace: 'Tablekeeper', serviceName: mode, defaultDimensions: { instance } });

/**
 * Creates the metric of how many actions a run left for the next one, written as a line in the log. Zero is written too, because an alarm compares
 * run after run. Every metric is paid by the month, so this is the only one without a dashboard: what else a run counts is in its log.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html (checked 2026-11-25)
 */
export const deferredMetric = (instance: string, mode: Mode): ((report: RunReport) => void) => {
  const metrics = metricsOf(instance, mode);
  return ({ outcomes }) => {
    const deferred = outcomes.filter(({ status }) => status === 'deferred');
    metrics.addMetric('Deferred', MetricUnit.Count, deferred.length);
    metrics.publishStoredMetrics();
  };
};

/** Creates the metrics that a dashboard shows, from what an audit measured; none where it measured nothing. */
export const dashboardMetrics = (instance: string, mode: Mode): ((report: RunReport) => void) => {
  const metrics = metricsOf(instance, mode);
  return ({ gauges = {} }) => {
    for (const [name, value] of Object.entries(gauges)) metrics.addMetric(name, MetricUnit.NoUnit, value);
    if (Object.keys(gauges).length > 0) metrics.publishStoredMetrics();
  };
};
