import { outcomeText } from '../../shared/core/text/outcome-text.ts';
import type { Outcome, OutcomeStatus } from '../../shared/model/outcome.ts';
import type { RunReport } from '../../shared/run/reconcile.ts';
import { worstFirst } from '../view/findings-text.ts';
import { heldBackExpiries } from '../view/plan-text.ts';
import type { RunView } from '../view/run-text.ts';
import { actionFields, findingFields, headFields } from './fields.ts';

const countOf = (outcomes: readonly Outcome[], status: OutcomeStatus): number =>
  outcomes.filter((outcome) => outcome.status === status).length;

const countsFields = (outcomes: readonly Outcome[]) => ({
  done: countOf(outcomes, 'done'),
  deferred: countOf(outcomes, 'deferred'),
  refused: countOf(outcomes, 'refused'),
  failed: countOf(outcomes, 'failed'),
});

/** Builds the document of a run. */
export const runDocument = (view: RunView, { calls, failures, refusal }: RunReport) => ({
  ...headFields('run', view.instance, view.plan),
  mode: view.name,
  dryRun: view.dryRun,
  complete: view.plan.complete,
  counts: countsFields(view.outcomes),
  outcomes: view.outcomes.map((outcome) => ({
    status: outcome.status,
    reason: outcomeText(outcome),
    action: actionFields(outcome.action),
  })),
  heldBack: heldBackExpiries(view.plan).map(actionFields),
  expiryDigest: view.plan.expiryDigest,
  openFindings: worstFirst(view.openFindings).map(findingFields),
  calls: calls.map((count) => ({
    operation: count.operation,
    calls: count.calls,
    throttles: count.throttles,
  })),
  durationMs: view.durationMs,
  failures,
  ...(refusal !== undefined && { refusal }),
});
