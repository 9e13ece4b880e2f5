import type { RunReport } from './reconcile.ts';

/** Picks the few fields of a run's report that its log line and its answer carry: anyone who wants a chart makes it of these. */
export const summaryOf = ({
  plan,
  outcomes,
  openFindings,
  calls,
  durationMs,
  failures,
  refusal,
}: RunReport) => ({
  mode: plan.mode,
  complete: plan.complete,
  done: outcomes.filter(({ status }) => status === 'done').length,
  deferred: outcomes.filter(({ status }) => status === 'deferred').length,
  refused: outcomes.filter(({ status }) => status === 'refused').length,
  failed: outcomes.filter(({ status }) => status === 'failed').length,
  openFindings: openFindings.length,
  criticalFindings: openFindings.filter(({ severity }) => severity === 'critical').length,
  calls: Object.fromEntries(calls.map((count) => [count.operation, count.calls])),
  throttles: calls.reduce((total, { throttles }) => total + throttles, 0),
  durationMs,
  failures,
  ...(refusal !== undefined && { refusal }),
});
