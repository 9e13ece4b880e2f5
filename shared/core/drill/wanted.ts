import type { DrillState } from '../../model/drill.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { DrillRule } from '../../model/policy.ts';
import { type GovernedTable, isActedOn } from '../scene/governed.ts';
import { lastDrill } from './proof.ts';

/** A policy asks for drills of a table. */
export interface WantedDrill {
  readonly table: string;
  readonly policy: string;
  readonly rule: DrillRule;
}

/** Lists what policies ask for, sorted by table and policy. A table that opted out, or names policies without drills, is none of them. */
export const wantedDrills = (governed: readonly GovernedTable[]): readonly WantedDrill[] =>
  governed
    .filter(
      ({ table, optedOut }) => !optedOut && (table.details === undefined || isActedOn(table.details.status)),
    )
    .flatMap(({ table, policies }) =>
      policies.flatMap(({ name, drill }) =>
        drill === undefined ? [] : [{ table: table.name, policy: name, rule: drill }],
      ),
    );

/** How many drills are under way at most: of the fifty restores that AWS runs at once, people need most. */
export const MOST_AT_ONCE = 5;

/** One that failed is tried again the next day, whatever the policy's interval: it may have been chance. */
const TRY_AGAIN_MS = DAY_MS;

/** Returns when the next drill is due; at once where there was none. */
export const dueAt = ({ policy, rule }: WantedDrill, state: DrillState | undefined): Instant => {
  const last = lastDrill(state, policy);
  if (last === undefined) return 0;
  return last.plannedAt + (last.result === 'failed' ? Math.min(TRY_AGAIN_MS, rule.everyMs) : rule.everyMs);
};

/**
 * Orders the drills that are due: those that never were first, then the one that waits longest. SAFETY: none of a table of which one is under way,
 * and one for a table of which several are due.
 */
export const dueDrills = (
  wanted: readonly WantedDrill[],
  states: readonly DrillState[],
  now: Instant,
): readonly WantedDrill[] => {
  const known = new Map(states.map((state) => [state.table, state]));
  const due = wanted
    .map((one) => ({ one, at: dueAt(one, known.get(one.table)), last: lastDrill(known.get(one.table)) }))
    .filter(({ one, at }) => known.get(one.table)?.current === undefined && at <= now)
    .toSorted(
      (a, b) =>
        (a.last?.plannedAt ?? 0) - (b.last?.plannedAt ?? 0) ||
        a.at - b.at ||
        (a.one.table < b.one.table ? -1 : Number(a.one.table > b.one.table)) ||
        (a.one.policy < b.one.policy ? -1 : 1),
    )
    .map(({ one }) => one);
  return [...Map.groupBy(due, ({ table }) => table).values()].flatMap(([first]) => first ?? []);
};
