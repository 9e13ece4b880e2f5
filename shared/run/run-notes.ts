import { policiesDigest } from '../core/policy/policies-file.ts';
import { messageOf } from '../model/errors.ts';
import type { NotedRun } from '../model/noted-run.ts';
import type { Policies } from '../model/policy.ts';
import type { Deps } from './deps.ts';
import type { RunReport } from './reconcile.ts';

type NoteDeps = Pick<Deps, 'clock' | 'log' | 'policies' | 'runNotes'>;

/** In characters. A DynamoDB item holds 400 kB, and a character may take three bytes. */
const MOST_NOTED = 100_000;

const noteOf = (policies: Policies): Pick<NotedRun, 'policies' | 'policiesDigest'> => ({
  policiesDigest: policiesDigest(policies),
  ...(JSON.stringify(policies).length <= MOST_NOTED && { policies }),
});

/**
 * Notes that a function ran and whether the run was complete. A note that cannot be saved is
 * logged: only a person at a terminal reads notes.
 */
export const noteRun = async (noting: NoteDeps, name: string, whole: boolean): Promise<void> => {
  const { clock, log, policies, runNotes } = noting;
  try {
    await runNotes.write({ name, at: clock.now(), whole, ...noteOf(policies) });
  } catch (error) {
    log.warn('the run could not be noted', { name, reason: messageOf(error) });
  }
};

/**
 * Picks the fields of a run's report that its log line and its answer carry: charts are made of
 * these.
 */
export const summaryOf = ({
  plan,
  outcomes,
  openFindings,
  calls,
  durationMs,
  failures,
  gauges,
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
  ...(gauges !== undefined && { gauges }),
  ...(refusal !== undefined && { refusal }),
});

/** Notes that a function ran, and returns the summary of the run with every call counted, that of the note included. */
export const noteAndSum = async (
  noting: NoteDeps & Pick<Deps, 'callCounter'>,
  name: string,
  report: RunReport,
): Promise<ReturnType<typeof summaryOf>> => {
  await noteRun(noting, name, report.failures.length === 0);
  return summaryOf({ ...report, calls: noting.callCounter.counts() });
};
