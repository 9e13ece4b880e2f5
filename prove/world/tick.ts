import type { AlertDocument } from '../../shared/model/alert-message.ts';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import { type RunReport, reconcile } from '../../shared/run/reconcile.ts';
import { backupsOf, tablesOf } from '../../sim/console.ts';
import { createRandom } from '../../sim/random.ts';
import type { TickTrouble, Trouble } from '../story/event.ts';
import type { Container, World } from './deployment.ts';
import type { CallRecord, RunRecord, Scene } from './record.ts';

/** Lambda's longest. */
const TIME_LIMIT_MS = 15 * MINUTE_MS;

/** A tick as it is to be run; a person's approval may come with it. */
export interface Tick {
  readonly mode: Mode;
  readonly runId: string;
  readonly trouble?: TickTrouble | undefined;
  readonly approvedDigest?: string | undefined;
}

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

const endingOf = (report: RunReport | 'killed'): Ending => {
  if (report === 'killed') return { end: 'killed', failures: [] };
  const { failures } = report;
  return { end: failures.length === 0 ? 'whole' : 'not-whole', failures, report };
};

const threw = (error: unknown): Ending => ({
  end: 'threw',
  failures: [error instanceof Error ? String(error.stack) : String(error)],
});

/** Runs in a container as Lambda does: killed by trouble, or when its time is over. */
const invoke = async (
  world: World,
  container: Container,
  tick: Tick,
  calls: CallRecord[],
): Promise<Ending> => {
  const { clock } = world.account;
  const { eventAheadMs, kill } = tick.trouble ?? {};
  const killed = container.wire.begin(calls, kill);
  const stopTimer = clock.after(TIME_LIMIT_MS, () => container.wire.die());
  const now = container.parts.clock.now();
  const run = reconcile(container.parts, {
    mode: tick.mode,
    runId: tick.runId,
    deadline: now + TIME_LIMIT_MS,
    eventTime: clock.now() + (eventAheadMs ?? 0),
    ...(tick.approvedDigest !== undefined && { approvedDigest: tick.approvedDigest }),
  });
  const ending = await Promise.race([run, killed]).then(endingOf, threw);
  stopTimer();
  // What the run left under way goes on, as in a container that is thawed, and is no part of it.
  void container.wire.begin([], undefined);
  if (ending.end === 'killed') world.discard(container);
  return ending;
};

const documentsSince = (world: World, count: number): readonly AlertDocument[] =>
  world.account.inbox.messages
    .slice(count)
    .filter(({ protocol }) => protocol === 'lambda')
    .map(({ message }) => JSON.parse(message) as AlertDocument);

const runOne = async (world: World, tick: Tick, nth: number, overlapped: boolean): Promise<RunRecord> => {
  const container = world.container(tick.mode, nth);
  container.skewMs = tick.trouble?.skewMs ?? 0;
  const before = sceneOf(world);
  const calls: CallRecord[] = [];
  const { ledger, inbox } = world.account;
  const [entriesBefore, messagesBefore] = [ledger.entries.length, inbox.messages.length];
  const ending = await invoke(world, container, tick, calls);
  const { backups, at: endedAt } = sceneOf(world);
  const later = { ...before, at: endedAt, backups: [...new Set([...before.backups, ...backups])] };
  const mine = ledger.entries
    .slice(entriesBefore)
    .filter((entry) => 'by' in entry && entry.by.accessKeyId === container.accessKeyId);
  return {
    ...ending,
    runId: tick.runId,
    mode: tick.mode,
    before,
    later,
    endedAt,
    skewMs: container.skewMs,
    eventAheadMs: tick.trouble?.eventAheadMs ?? 0,
    overlapped,
    approved: tick.approvedDigest !== undefined,
    calls,
    made: mine.filter((entry) => entry.kind === 'recovery-point-made'),
    deleted: mine.filter((entry) => entry.kind === 'recovery-point-deleted'),
    pitrChanged: mine.filter((entry) => entry.kind === 'pitr-changed'),
    told: documentsSince(world, messagesBefore).filter(({ alert }) => alert.runId === tick.runId),
  };
};

const runAgain = async (
  world: World,
  { mode, runId }: Tick,
  afterMs: number,
): Promise<readonly RunRecord[]> => {
  const { clock } = world.account;
  await clock.advanceBy(afterMs);
  return [await clock.run(runOne(world, { mode, runId }, 0, false))];
};

/** Given a tick, runs it and whatever comes beside it, and returns one record for each run. */
export const runTick = async (world: World, tick: Tick): Promise<readonly RunRecord[]> => {
  const { wire, twice, beside, againAfterMs } = tick.trouble ?? {};
  const fault = wire && addTrouble(world, wire);
  const second: readonly Tick[] = [
    ...(twice === true ? [tick] : []),
    ...(beside === undefined ? [] : [{ mode: beside, runId: `${tick.runId}-beside` }]),
  ];
  const overlapped = second.length > 0;
  const runs = [tick, ...second].map((one, nth) => runOne(world, one, nth, overlapped));
  const records = await world.account.clock.run(Promise.all(runs));
  fault?.remove();
  return againAfterMs === undefined ? records : [...records, ...(await runAgain(world, tick, againAfterMs))];
};
