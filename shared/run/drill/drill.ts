import { dueDrills, MOST_AT_ONCE, wantedDrills } from '../../core/drill/wanted.ts';
import { governedTables } from '../../core/scene/governed.ts';
import type { DrillState } from '../../model/drill.ts';
import { messageOf } from '../../model/errors.ts';
import { FailureError, failureText } from '../../model/failure.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import { noteRun } from '../run-notes.ts';
import { advanceDrill } from './advance.ts';
import { beginDrill } from './begin.ts';
import type { DrillDeps } from './deps.ts';

/** What one run of drills came to. */
export interface DrillReport {
  /** Tables of which one is under way at the end of the run, sorted. */
  readonly underWay: readonly string[];
  readonly begun: readonly string[];
  readonly ended: readonly { readonly table: string; readonly result: string }[];
  readonly refused: readonly string[];
  /** Why the run is incomplete. Its caller ends as a failure when there are any. */
  readonly failures: readonly string[];
  readonly calls: Readonly<Record<string, number>>;
  readonly durationMs: number;
}

/** The least that beginning a drill needs. */
const RESERVE_MS = 3 * MINUTE_MS;

interface Run {
  readonly deps: DrillDeps;
  readonly deadline: Instant;
  readonly states: Map<string, DrillState>;
  readonly failures: string[];
  readonly begun: string[];
}

const goOnWith = async ({ deps, deadline, states, failures }: Run, state: DrillState): Promise<void> => {
  const { state: after, failure } = await advanceDrill(deps, state, deadline);
  states.set(after.table, after);
  if (failure?.kind === 'own' && failure.code === 'claim-held') return;
  if (failure !== undefined) failures.push(`the drill of ${state.table} waits: ${failureText(failure)}`);
};

/** SAFETY: one that only waits to be deleted makes no more tables: it is at work on its own table alone, and keeps no other from being proved. */
const isAtWork = ({ current }: DrillState): boolean => current?.deletionFailing === undefined;

const underWayIn = ({ states }: Run): readonly DrillState[] =>
  [...states.values()].filter(({ current }) => current !== undefined);

const dueNow = async (run: Run) => {
  const { deps, states, failures } = run;
  const { inventory, policies, clock } = deps;
  if (policies.policies.every(({ drill }) => drill === undefined)) return [];
  const { items, gap } = await inventory.listTaggedTables(policies.tag);
  if (gap !== undefined) failures.push(`tags could not be read: ${failureText(gap)}`);
  return dueDrills(wantedDrills(governedTables(policies, items)), [...states.values()], clock.now());
};

/** SAFETY: what a drill costs is counted before the next is planned, so that two of one run do not both have the last of the month. */
const beginDue = async (run: Run): Promise<void> => {
  const { deps, deadline, states, begun, failures } = run;
  for (const wanted of await dueNow(run)) {
    if (underWayIn(run).filter(isAtWork).length >= MOST_AT_ONCE || deps.clock.now() >= deadline - RESERVE_MS)
      return;
    try {
      const state = await beginDrill(deps, wanted, [...states.values()]);
      if (state === undefined) continue;
      states.set(state.table, state);
      if (state.current === undefined) continue;
      begun.push(state.table);
      await goOnWith(run, state);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      failures.push(`no drill of ${wanted.table} was begun: ${failureText(error.failure)}`);
    }
  }
};

const endedSince = (before: readonly DrillState[], { states }: Run): DrillReport['ended'] => {
  const known = new Set(before.flatMap(({ past }) => past.map(({ id }) => id)));
  return [...states.values()]
    .flatMap(({ past }) => past.filter(({ id }) => !known.has(id)))
    .map(({ table, result = 'failed' }) => ({ table, result }));
};

const reportOf = (run: Run, before: readonly DrillState[], startedAt: Instant): DrillReport => {
  const { deps, states, begun, failures } = run;
  const refused = [...states.values()].filter(
    (one) => one.refused !== undefined && one.refused.at >= startedAt,
  );
  return {
    underWay: underWayIn(run)
      .map(({ table }) => table)
      .toSorted(),
    begun,
    ended: endedSince(before, run),
    refused: refused.map(({ table }) => table),
    failures,
    calls: Object.fromEntries(deps.callCounter.counts().map(({ operation, calls }) => [operation, calls])),
    durationMs: deps.clock.now() - startedAt,
  };
};

const drillInTime = async (deps: DrillDeps, deadline: Instant): Promise<DrillReport> => {
  const startedAt = deps.clock.now();
  deps.callTime.allow(deadline - MINUTE_MS);
  const before = await deps.states.list();
  const run: Run = {
    deps,
    deadline,
    states: new Map(before.map((one) => [one.table, one])),
    failures: [],
    begun: [],
  };
  for (const state of underWayIn(run)) await goOnWith(run, state);
  await beginDue(run);
  deps.callTime.allow(deadline - SECOND_MS);
  await noteRun(deps, 'drill', run.failures.length === 0);
  return reportOf(run, before, startedAt);
};

/**
 * Runs drills once: brings those that are under way further, then begins those that are due. Waits for no restore: later runs observe it. Throws where
 * the state table cannot be read.
 */
export const drill = async (
  deps: DrillDeps,
  { deadline }: { readonly deadline: Instant },
): Promise<DrillReport> => {
  deps.callCounter.reset();
  try {
    return await drillInTime(deps, deadline);
  } catch (error) {
    deps.log.warn('the drills were left', { reason: messageOf(error) });
    throw error;
  } finally {
    deps.callTime.allow(undefined);
  }
};
