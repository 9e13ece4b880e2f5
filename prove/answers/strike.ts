import { HOUR_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { setPitr, tablesOf } from '../../sim/console/tables.ts';
import { createWorld, type World } from '../world/deployment.ts';
import type { RunRecord } from '../world/record.ts';
import { runTick } from '../world/tick.ts';
import { warmUp } from '../world/warm-up.ts';
import type { Twist } from '../world/wire.ts';
import { ANSWERS_STORY, AT, denyBackups, fillSlot, settleIn } from './estate.ts';

/** How an account stands: which recovery points it has, whose point-in-time recovery is on, and which findings are open. */
export type TableStates = readonly string[];

/** Three runs, one of each function, and what was left after three more in which every answer was whole. */
export interface Lived {
  readonly runs: readonly RunRecord[];
  readonly before: TableStates;
  readonly after: TableStates;
}

const runAt = async (world: World, mode: Mode, at: number): Promise<RunRecord> => {
  const { clock } = world.account;
  await clock.advanceBy(at - clock.now());
  const [run] = await runTick(world, { mode, runId: `${mode}-${at}` });
  if (run === undefined) throw new Error('a tick without a run');
  return run;
};

const MODES: readonly Mode[] = ['protect', 'expire', 'audit'];

const twistAll = (world: World, twist: Twist): void => {
  for (const mode of MODES) world.container(mode, 0).wire.twist(twist);
};

const rpoStatusOf = ({ account }: World, last: RunRecord): TableStates =>
  [
    ...backupsOf(account).map(({ table, name, type }) => `${table.name} ${table.id} ${name} ${type}`),
    ...tablesOf(account).map(({ name, pitr }) => `${name} ${pitr?.recoveryPeriodDays ?? 'off'}`),
    ...(last.report?.openFindings ?? []).map(({ id }) => id),
  ].toSorted();

const faultedRuns = async (world: World): Promise<readonly RunRecord[]> => [
  await runAt(world, 'protect', AT.backup),
  await runAt(world, 'expire', AT.prune),
  await runAt(world, 'audit', AT.audit),
];

const settleWorld = async (world: World): Promise<TableStates> => {
  let last: RunRecord | undefined;
  for (const [nth, mode] of [...MODES, 'audit' as const].entries())
    last = await runAt(world, mode, AT.audit + (nth + 1) * HOUR_MS);
  if (last === undefined) throw new Error('nothing ran');
  return rpoStatusOf(world, last);
};

/** Brings an account to the moment before the corrupted runs, with a backup that fails and an audit that remembers behind it. */
const prepared = async (): Promise<World> => {
  await warmUp(ANSWERS_STORY);
  // What the SDK makes of a corrupted response is half of the question.
  const world = createWorld(ANSWERS_STORY, 'sdk');
  settleIn(world);
  denyBackups(world);
  await runAt(world, 'protect', AT.earlyBackup);
  await runAt(world, 'audit', AT.earlyAudit);
  for (const table of ['Orders', 'carts']) setPitr(world.account, table, { enabled: false });
  fillSlot(world);
  return world;
};

const doingsOf = (runs: readonly RunRecord[]): string =>
  JSON.stringify(runs.map(({ end, made, deleted, told }) => [end, made.length, deleted.length, told]));

/** What came just as usual goes on as usual. */
const isAsUsual = (runs: readonly RunRecord[], before: TableStates, usual: Lived): boolean =>
  before.join() === usual.before.join() && doingsOf(runs) === doingsOf(usual.runs);

/**
 * Lets one run of each function pass with answers as the twist makes them, and then one of each in peace; the latter only where the former
 * were not as usual.
 */
export const liveWith = async (twist: Twist, usual?: Lived): Promise<Lived> => {
  const world = await prepared();
  twistAll(world, twist);
  const runs = await faultedRuns(world);
  const [, , audit] = runs;
  if (audit === undefined) throw new Error('no audit ran');
  const before = rpoStatusOf(world, audit);
  if (usual !== undefined && isAsUsual(runs, before, usual)) return { runs, before, after: usual.after };
  twistAll(world, (_, body) => body);
  return { runs, before, after: await settleWorld(world) };
};
