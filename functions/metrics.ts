import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Mode } from '../shared/model/plan.ts';
import type { RunReport } from '../shared/run/reconcile.ts';

/**
 * Creates the metric of how many actions a run left for the next one, written as a line in the log. Zero is written too, because an alarm compares
 * run after run. Every metric is paid by the month, so this is the only one: what else a run counts is in its log.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html (checked 2026-11-25)
 */
export const deferredMetric = (instance: string, mode: Mode): ((report: RunReport) => void) => {
  const metrics = new Metrics({
    namespace: 'Tablekeeper',
    serviceName: mode,
    defaultDimensions: { instance },
  });
  return ({ outcomes }) => {
    const deferred = outcomes.filter(({ status }) => status === 'deferred');
    metrics.addMetric('Deferred', MetricUnit.Count, deferred.length);
    metrics.publishStoredMetrics();
  };
};
