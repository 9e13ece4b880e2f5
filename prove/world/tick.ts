import type { AlertDocument } from '../../shared/model/alert-message.ts';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import { type HintReport, hint } from '../../shared/run/hint.ts';
import { type RunReport, reconcile } from '../../shared/run/reconcile.ts';
import { backupsOf, tablesOf } from '../../sim/console.ts';
import type { Delivery } from '../../sim/inbox.ts';
import { createRandom } from '../../sim/random.ts';
import type { HintTrouble, TickTrouble, Trouble } from '../story/event.ts';
import type { Container, World } from './deployment.ts';
import type { CallRecord, RunRecord, Scene } from './record.ts';

/** Lambda's longest. */
const TIME_LIMIT_MS = 15 * MINUTE_MS;
const HINT_LIMIT_MS = 5 * MINUTE_MS;

/** A tick as it is to be run; a person's approval may come with it. */
export interface Tick {
  readonly mode: Mode;
  readonly runId: string;
  readonly trouble?: TickTrouble | undefined;
  readonly approvedDigest?: string | undefined;
}

/** An event that names a table, as it is to be delivered. */
export interface Hint {
  readonly mode: 'hint';
  readonly runId: string;
  readonly table: string;
  readonly byTrail: boolean;
  readonly trouble?: HintTrouble | undefined;
}

type Job = Tick | Hint;

export const sceneOf = ({ account, file }: World): Scene => ({
  at: account.clock.now(),
  file,
  tables: tablesOf(account).map(({ id, name, tags, pitr, shownStatus, createdAt }) => ({
    id,
    name,
    tags,
    pitr,
    shownStatus,
    createdAt,
  })),
  backups: backupsOf(account),
});

/** Arms a fault whose dice are its own. */
export const addTrouble = ({ account }: World, trouble: Trouble, until = Number.POSITIVE_INFINITY) => {
  const { operation, fault, probability = 1, chance, after, times, delayMs } = trouble;
  const random = createRandom(chance);
  return account.faults.add({
    operation,
    kind: fault,
    until,
    when: () => probability >= 1 || random.fraction() < probability,
    ...(after !== undefined && { after }),
    ...(times !== undefined && { times }),
    ...(delayMs !== undefined && { delayMs }),
  });
};

type Ending = Pick<RunRecord, 'end' | 'failures' | 'report'>;

const endingOf = (report: RunReport | HintReport | 'killed'): Ending => {
  if (report === 'killed') return { end: 'killed', failures: [] };
  if ('kind' in report && report.kind === 'left-to-another') return { end: 'whole', failures: [] };
  const { failures } = report;
  return { end: failures.length === 0 ? 'whole' : 'not-whole', failures, report };
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
    ...(approvedDigest !== undefined && { approvedDigest }),
  });
};

/** Runs in a container as Lambda does: killed by trouble, or when its time is over. */
const invoke = async (world: World, container: Container, job: Job, calls: CallRecord[]): Promise<Ending> => {
  const { clock } = world.account;
  const killed = container.wire.begin(calls, job.trouble?.kill);
  const limitMs = job.mode === 'hint' ? HINT_LIMIT_MS : TIME_LIMIT_MS;
  const stopTimer = clock.after(limitMs, () => container.wire.die());
  const run = start(world, container, job);
  const ending = await Promise.race([run, killed]).then(endingOf, threw);
  stopTimer();
  // What the run left under way goes on, as in a container that is thawed, and is no part of it.
  void container.wire.begin([], undefined);
  if (ending.end === 'killed') world.discard(container);
  return ending;
};

/** Of what functions that are subscribed receive, the alerts; the rest are digests. */
const alertIn = ({ message }: Delivery): readonly AlertDocument[] => {
  const document = message.startsWith('{') ? (JSON.parse(message) as Partial<AlertDocument>) : {};
  return document.alert === undefined ? [] : [document as AlertDocument];
};

const messagesSince = (world: World, count: number) => {
  const messages = world.account.inbox.messages.slice(count).filter(({ protocol }) => protocol === 'lambda');
  const documents = messages.flatMap(alertIn);
  return { documents, digests: messages.length - documents.length };
};

const eventAheadOf = (job: Job): number => (job.mode === 'hint' ? 0 : (job.trouble?.eventAheadMs ?? 0));

const runOne = async (world: World, job: Job, nth: number, overlapped: boolean): Promise<RunRecord> => {
  const container = world.container(job.mode, nth);
  container.skewMs = job.trouble?.skewMs ?? 0;
  const before = sceneOf(world);
  const calls: CallRecord[] = [];
  const { ledger, inbox } = world.account;
  const [entriesBefore, messagesBefore] = [ledger.entries.length, inbox.messages.length];
  const ending = await invoke(world, container, job, calls);
  const { backups, at: endedAt } = sceneOf(world);
  const later = { ...before, at: endedAt, backups: [...new Set([...before.backups, ...backups])] };
  const { documents, digests } = messagesSince(world, messagesBefore);
  const mine = ledger.entries
    .slice(entriesBefore)
    .filter((entry) => 'by' in entry && entry.by.accessKeyId === container.accessKeyId);
  return {
    ...ending,
    runId: job.runId,
    mode: job.mode,
    before,
    later,
    endedAt,
    skewMs: container.skewMs,
    eventAheadMs: eventAheadOf(job),
    overlapped,
    approved: job.mode !== 'hint' && job.approvedDigest !== undefined,
    calls,
    made: mine.filter((entry) => entry.kind === 'recovery-point-made'),
    deleted: mine.filter((entry) => entry.kind === 'recovery-point-deleted'),
    pitrChanged: mine.filter((entry) => entry.kind === 'pitr-changed'),
    told: documents.filter(({ alert }) => alert.runId === job.runId),
    digests,
  };
};

const runAgain = async (world: World, job: Job, afterMs: number): Promise<readonly RunRecord[]> => {
  const { clock } = world.account;
  await clock.advanceBy(afterMs);
  return [await clock.run(runOne(world, { ...job, trouble: undefined }, 0, false))];
};

/** Runs jobs at one moment, under a fault that is over with them; what Lambda delivers again comes later. */
const runTogether = async (
  world: World,
  [first, ...others]: readonly [Job, ...Job[]],
  { wire, againAfterMs }: TickTrouble = {},
): Promise<readonly RunRecord[]> => {
  const fault = wire && addTrouble(world, wire);
  const overlapped = others.length > 0;
  const runs = [first, ...others].map((job, nth) => runOne(world, job, nth, overlapped));
  const records = await world.account.clock.run(Promise.all(runs));
  fault?.remove();
  return againAfterMs === undefined ? records : [...records, ...(await runAgain(world, first, againAfterMs))];
};

/** Given a tick, runs it and whatever comes beside it, and returns one record for each run. */
export const runTick = async (world: World, tick: Tick): Promise<readonly RunRecord[]> => {
  const { twice, beside } = tick.trouble ?? {};
  const second: readonly Tick[] = [
    ...(twice === true ? [tick] : []),
    ...(beside === undefined ? [] : [{ mode: beside, runId: `${tick.runId}-beside` }]),
  ];
  return await runTogether(world, [tick, ...second], tick.trouble);
};

/** Given hints of one moment, runs them side by side, and returns one record for each run. */
export const runHints = async (
  world: World,
  hints: readonly [Hint, ...Hint[]],
): Promise<readonly RunRecord[]> => await runTogether(world, hints, hints[0].trouble);
