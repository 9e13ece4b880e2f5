import type { RunReport } from './reconcile.ts';

/** Given a run's report, returns the few fields that its log line and its answer carry. */
export const summaryOf = ({ plan, outcomes, openFindings, calls, durationMs, failures }: RunReport) => ({
  mode: plan.mode,
  complete: plan.complete,
  done: outcomes.filter(({ status }) => status === 'done').length,
  deferred: outcomes.filter(({ status }) => status === 'deferred').length,
  refused: outcomes.filter(({ status }) => status === 'refused').length,
  failed: outcomes.filter(({ status }) => status === 'failed').length,
  openFindings: openFindings.length,
  calls: Object.fromEntries(calls.map((count) => [count.operation, count.calls])),
  durationMs,
  failures,
});
