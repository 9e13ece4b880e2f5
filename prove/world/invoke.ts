import { MINUTE_MS } from '../../shared/model/instant.ts';
import { sendDigest } from '../../shared/run/digest.ts';
import { type HintReport, hint } from '../../shared/run/hint.ts';
import { type RunReport, reconcile } from '../../shared/run/reconcile.ts';
import type { Container, World } from './deployment.ts';
import type { Job } from './job.ts';
import type { CallRecord, RunRecord } from './record.ts';

/** Lambda's longest. */
const TIME_LIMIT_MS = 15 * MINUTE_MS;
const HINT_LIMIT_MS = 5 * MINUTE_MS;

type Ending = Pick<RunRecord, 'end' | 'failures' | 'report' | 'lookedAt'>;

const endingOf = (report: RunReport | HintReport | 'killed'): Ending => {
  if (report === 'killed') return { end: 'killed', failures: [] };
  if ('kind' in report && report.kind === 'left-to-another') return { end: 'whole', failures: [] };
  const { failures } = report;
  const lookedAt = 'kind' in report ? report.tables : undefined;
  return { end: failures.length === 0 ? 'whole' : 'not-whole', failures, report, lookedAt };
};

const threw = (error: unknown): Ending => ({
  end: 'threw',
  failures: [error instanceof Error ? String(error.stack) : String(error)],
});

const start = (world: World, { parts }: Container, job: Job): Promise<RunReport | HintReport> => {
  const now = parts.clock.now();
  if (job.mode === 'hint') {
    const { table, byTrail, runId } = job;
    return hint(parts, { table, byTrail, runId, deadline: now + HINT_LIMIT_MS });
  }
  const { mode, runId, approvedDigest, trouble } = job;
  return reconcile(parts, {
    mode,
    runId,
    deadline: now + TIME_LIMIT_MS,
    eventTime: world.account.clock.now() + (trouble?.eventAheadMs ?? 0),
    ...(mode === 'audit' && { sendDigest }),
    ...(approvedDigest !== undefined && { approvedDigest }),
  });
};

/** Runs in a container as Lambda does: killed by trouble, or when its time is up. */
export const invoke = async (
  world: World,
  container: Container,
  job: Job,
  calls: CallRecord[],
): Promise<Ending> => {
  const { clock } = world.account;
  const asleep = job.mode === 'hint' ? undefined : job.trouble?.asleep;
  const killed = container.wire.begin(calls, job.trouble?.kill, asleep);
  const limitMs = job.mode === 'hint' ? HINT_LIMIT_MS : TIME_LIMIT_MS;
  // Nobody ends a run at a terminal.
  const stopTimer = asleep === undefined ? clock.after(limitMs, () => container.wire.die()) : () => undefined;
  const run = start(world, container, job);
  const ending = await Promise.race([run, killed]).then(endingOf, threw);
  stopTimer();
  // What the run left under way goes on, as in a container that is thawed, and is no part of it.
  void container.wire.begin([], undefined);
  if (ending.end === 'killed') world.discard(container);
  return ending;
};
