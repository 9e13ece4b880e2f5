import { createTable, deleteTable, tablesOf } from '../../sim/console/tables.ts';
import type { Breach } from '../invariants/all.ts';
import type { Rare } from '../rare.ts';
import type { DrillTrouble } from '../story/event.ts';
import type { World } from '../world/deployment.ts';
import { mendVaults } from '../world/vault-effects.ts';
import {
  drillCallsStayAtHome,
  drillCapHolds,
  drillsDeleteTheirOwn,
  drillsLeaveNothing,
  drillsTakeTurns,
  drillsTouchNoOther,
  drillTablesAreNobodys,
  isDrillTable,
  noteSpent,
} from './checks.ts';
import { type Drilled, runDrills } from './run.ts';

const HOUR_MS = 3_600_000;

/** What came of a run of drills. */
export interface DrillOutcome {
  readonly breaches: readonly Breach[];
  readonly calls: number;
  readonly rare: Rare;
  /** Whether nothing is under way any more. */
  readonly isIdle: boolean;
}

const countOf = (done: readonly Drilled[], result: string): number =>
  done.flatMap(({ report }) => report?.ended ?? []).filter((one) => one.result === result).length;

const rareIn = (done: readonly Drilled[]): Rare => ({
  'drills that proved a restore': countOf(done, 'proved'),
  'drills that failed': countOf(done, 'failed'),
  'drills put off by their cap': done.reduce((sum, { report }) => sum + (report?.refused.length ?? 0), 0),
  'runs of drills that were killed': done.filter(({ end }) => end === 'killed').length,
});

/** A run of drills throws where the state table cannot be reached, and Lambda counts it as an error. */
const unexpected = ({ end, error }: Drilled): readonly string[] => {
  const isExpected = error instanceof Error && error.name === 'FailureError';
  return end === 'threw' && !isExpected
    ? [`it threw: ${error instanceof Error ? error.stack : String(error)}`]
    : [];
};

const judged = (world: World, done: readonly Drilled[]): readonly Breach[] => {
  const wrong = {
    'drills-delete-their-own': drillsDeleteTheirOwn(world),
    'drills-touch-no-other': [...drillsTouchNoOther(world), ...done.flatMap(drillCallsStayAtHome)],
    'drills-take-turns': drillsTakeTurns(world),
    'drill-tables-are-nobodys': drillTablesAreNobodys(world),
    'drill-cap-holds': drillCapHolds(world.drills.spent, world.file.drillCapUsd ?? 20),
    'never-throws': done.flatMap(unexpected),
  };
  const at = world.account.clock.now();
  return Object.entries(wrong).flatMap(([invariant, all]) => all.map((what) => ({ invariant, at, what })));
};

/** Runs drills once and checks what they did. */
export const liveDrill = async (world: World, trouble?: DrillTrouble): Promise<DrillOutcome> => {
  const known = world.account.ledger.entries.length;
  world.drills.ranAt.push(world.account.clock.now());
  const done = await runDrills(world, trouble);
  noteSpent(world, world.drills.spent, known);
  return {
    breaches: judged(world, done),
    calls: done.reduce((sum, { calls }) => sum + calls.length, 0),
    rare: rareIn(done),
    isIdle: done.every(({ report }) => report?.underWay.length === 0 && report.failures.length === 0),
  };
};

/** A person deletes the table of a drill, and may make another one under its name. */
export const takeDrillTable = ({ account, drills }: World, isReplaced: boolean): void => {
  const table = tablesOf(account).find(({ id, name }) => isDrillTable(name) && !drills.ofPeople.has(id));
  if (table === undefined) return;
  const { name } = table;
  deleteTable(account, name);
  if (isReplaced) drills.ofPeople.add(createTable(account, { name, itemCount: 7 }).id);
};

/** A job of AWS Backup, and what was asked for and never seen, may take a day; so may a second try. */
const MOST_HOURS = 80;

/** Lets every drill come to its end once nothing fails any more. */
export const endDrills = async (world: World): Promise<readonly Breach[]> => {
  const { account, places } = world;
  account.faults.clear();
  world.backupMs = 50;
  if (places !== undefined) mendVaults(places);
  for (let hour = 0; hour < MOST_HOURS; hour += 1) {
    await account.clock.advanceBy(HOUR_MS);
    const { breaches, isIdle } = await liveDrill(world);
    if (breaches.length > 0) return breaches;
    if (isIdle) break;
  }
  const left = drillsLeaveNothing(world, world.drills);
  return left.map((what) => ({ invariant: 'drills-leave-nothing', at: account.clock.now(), what }));
};
