import { endDrills, liveDrill, takeDrillTable } from './drills/live.ts';
import { type Breach, breachesOf } from './invariants/all.ts';
import { watchForgeries } from './invariants/forgeries-are-told.ts';
import { createLife, type Life, remember } from './invariants/life.ts';
import { watchGovernance } from './invariants/losses-are-told.ts';
import { addRare, type Rare, rareIn } from './rare.ts';
import { liveRestore, type RestoreOutcome } from './restores/live.ts';
import { liveVaultRestore } from './restores/live-vault.ts';
import { settle } from './settle.ts';
import type { Principals, StateEvent, Story, StoryEvent } from './story/event.ts';
import { addTrouble } from './world/add-trouble.ts';
import { changeSetting } from './world/change-setting.ts';
import { changeState } from './world/change-state.ts';
import { createWorld, type Speech, type World } from './world/deployment.ts';
import { happen } from './world/happen.ts';
import type { Hint, Tick } from './world/job.ts';
import type { RunRecord } from './world/record.ts';
import { runHints, runTick } from './world/tick.ts';
import { warmUp } from './world/warm-up.ts';

/** How a simulation went, up to the first moment at which an invariant was broken. */
export interface Outcome {
  readonly breaches: readonly Breach[];
  readonly runs: number;
  readonly calls: number;
  readonly rare: Rare;
}

interface Tally {
  runs: number;
  calls: number;
  rare: Rare;
  readonly principals: Principals | undefined;
}

/** Checks what must hold after every run. */
const judge = (records: readonly RunRecord[], life: Life, tally: Tally): readonly Breach[] => {
  tally.runs += records.length;
  tally.rare = addRare(tally.rare, rareIn(records));
  tally.calls += records.reduce((sum, { calls }) => sum + calls.length, 0);
  return records.flatMap((run) => {
    const found = breachesOf(run, life, tally.principals);
    remember(life, run);
    watchGovernance(life, run);
    watchForgeries(life, run);
    return found;
  });
};

const check = async (world: World, life: Life, tick: Tick, tally: Tally) => {
  const records = await runTick(world, tick);
  const breaches = judge(records, life, tally);
  const [run] = records;
  if (run === undefined) throw new Error('a tick without a run');
  return { run, breaches };
};

/** A person at work, whose deletions make room for the same slot again. */
const applyEvent = (
  world: World,
  life: Life,
  event: Exclude<
    StoryEvent,
    {
      kind:
        | 'tick'
        | 'hint'
        | 'trouble'
        | 'restore'
        | 'vault-restore'
        | 'setting-changed'
        | 'drill'
        | 'drill-table-taken'
        | StateEvent['kind'];
    }
  >,
): void => {
  const { ledger } = world.account;
  const known = ledger.entries.length;
  happen(world, event);
  for (const entry of ledger.entries.slice(known))
    if (entry.kind === 'recovery-point-deleted') {
      life.takenAway.add(entry.arn);
      life.takenTables.add(entry.tableName);
    }
};

/** Each event is delivered to a run of its own. */
const hintsOf = (
  { tables, byTrail, trouble }: Extract<StoryEvent, { kind: 'hint' }>,
  { runs }: Tally,
): readonly [Hint, ...Hint[]] => {
  const hintOf = (table: string, index: number): Hint => ({
    mode: 'hint',
    runId: `run-${runs + 1 + index}`,
    table,
    byTrail,
    trouble,
  });
  const [first = '', ...others] = tables;
  return [hintOf(first, 0), ...others.map((table, index) => hintOf(table, index + 1))];
};

const counted = ({ breaches, calls, rare }: RestoreOutcome, tally: Tally): readonly Breach[] => {
  tally.calls += calls;
  tally.rare = addRare(tally.rare, rare);
  return breaches;
};

const liveEvent = async (world: World, life: Life, event: StoryEvent, tally: Tally) => {
  const { clock } = world.account;
  if (clock.now() < event.at) await clock.advanceTo(event.at);
  switch (event.kind) {
    case 'tick':
      return (await check(world, life, { ...event, runId: `run-${tally.runs + 1}` }, tally)).breaches;
    case 'hint':
      return judge(await runHints(world, hintsOf(event, tally)), life, tally);
    case 'trouble':
      addTrouble(world, event.trouble, event.at + event.lastsMs);
      return [];
    case 'restore':
      return counted(await liveRestore(world, event), tally);
    case 'vault-restore':
      return counted(await liveVaultRestore(world, event), tally);
    case 'drill':
      return counted(await liveDrill(world, event.trouble), tally);
    case 'drill-table-taken':
      takeDrillTable(world, event.isReplaced);
      return [];
    case 'memory-lost':
    case 'kept':
      await changeState(world, life.gone, event);
      return [];
    case 'setting-changed':
      await changeSetting(world, event);
      return [];
    default:
      applyEvent(world, life, event);
      return [];
  }
};

/** Every fiftieth seed uses the whole SDK. */
const speechOf = ({ seed }: Story): Speech => (seed % 50 === 0 ? 'sdk' : 'lean');

const liveEvents = async (story: Story, world: World): Promise<Outcome> => {
  const life = createLife();
  const tally: Tally = { runs: 0, calls: 0, rare: {}, principals: story.principals };
  const told = (breaches: readonly Breach[]): Outcome => {
    const rare = addRare(tally.rare, { 'claims that were taken over': world.takeovers.count });
    return { breaches, runs: tally.runs, calls: tally.calls, rare };
  };
  for (const event of story.events) {
    const breaches = await liveEvent(world, life, event, tally);
    if (breaches.length > 0) return told(breaches);
  }
  const left = story.drills === true ? await endDrills(world) : [];
  if (left.length > 0) return told(left);
  // With forged names it is undefined how a settled account looks.
  if (story.principals?.forger === true) return told([]);
  const breaches = await settle(world, life, story.endAt, (tick) => check(world, life, tick, tally));
  return told(breaches);
};

/** Runs a story and returns how it went and the world at its end. */
export const lifeOf = async (story: Story, speech: Speech) => {
  await warmUp(story);
  const world = createWorld(story, speech);
  return { outcome: await liveEvents(story, world), world };
};

/** Runs a story to its end, or to the first breach, and then lets the account settle. */
export const live = async (story: Story): Promise<Outcome> => (await lifeOf(story, speechOf(story))).outcome;
