import pMap from 'p-map';
import type { CreateAction } from '../model/action.ts';
import { failureText } from '../model/failure.ts';
import { CLOCK_TOLERANCE_MS, type Instant, MINUTE_MS, SECOND_MS } from '../model/instant.ts';
import type { NotDone, Outcome } from '../model/outcome.ts';
import type { RecoveryPoint } from '../model/recovery-point.ts';
import type { CallWindow } from '../ports/engine.ts';
import type { TableReader } from '../ports/inventory.ts';
import type { Deps } from './deps.ts';

/** How long a call may still take effect after its run was cut off: nobody takes over its claims before that. */
export const CUT_OFF_MS = MINUTE_MS;

/** How long the effect of a call may not show in a list, once the service has answered that it failed. */
export const SETTLE_MS = 30 * SECOND_MS;

/**
 * The same where the connection closed. Nothing of the call is on its way any more: what was not delivered went with the connection. But it may
 * have succeeded, and a list may lag by a minute.
 */
export const CLOSED_SETTLE_MS = 1.5 * MINUTE_MS;

/**
 * SAFETY: the same for a call that nobody answered. It may still be on its way: AWS takes it for as long as its signature is good, and has the
 * minute after that for what it has taken in.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html (checked 2026-11-28): within five minutes of its time stamp
 */
export const SILENT_SETTLE_MS = CLOCK_TOLERANCE_MS + MINUTE_MS;

/** Enough for a list and for creates at half their rate. */
const LEAST_MS = 10 * SECOND_MS;

const CONCURRENT_CREATES = 20;

type ApplyDeps = Pick<Deps, 'clock' | 'engine'> & {
  readonly tableReader: Pick<TableReader, 'listRecoveryPointsOf'>;
};

type Uncertain = NotDone & { readonly action: CreateAction };

/** A create that is not looked up before so much time has been waited out. */
interface Settling {
  readonly outcome: Uncertain;
  readonly waitMs: number;
}

/** What the second pass needs to know of the first. */
export interface FirstPass {
  /** Before any of its calls. */
  readonly startedAt: Instant;
  /** After which nothing is begun; the claims are held for longer. */
  readonly until: Instant;
  /** When a create may leave: while the claims are held. */
  readonly window: CallWindow;
}

const UNANSWERED_MS = { closed: CLOSED_SETTLE_MS, silent: SILENT_SETTLE_MS } as const;

const isUncertain = (outcome: Outcome): outcome is Uncertain =>
  outcome.status !== 'done' && outcome.uncertain === true && outcome.action.kind === 'create';

const settlingOf = (outcomes: readonly Outcome[]): readonly Settling[] =>
  outcomes.filter(isUncertain).map((outcome) => ({
    outcome,
    waitMs: outcome.unanswered === undefined ? SETTLE_MS : UNANSWERED_MS[outcome.unanswered],
  }));

/** Names of tables hold no slash. */
const keyOf = (table: string, tableId: string, name: string): string => `${table}/${tableId}/${name}`;

/** The name carries the slot and the instance; a table made again under its name has another id. */
const madeBy = (points: readonly RecoveryPoint[]): ReadonlyMap<string, RecoveryPoint> =>
  new Map(
    points
      .filter(({ status }) => status !== 'deleted')
      .map((point) => [keyOf(point.tableName, point.tableId, point.name), point]),
  );

/**
 * Lists once, and makes what is not there. Without a whole list nothing is made.
 *
 * SAFETY: what was made "since" is asked by the run's own clock, and one that is ahead misses all. So whoever is not in that list is looked for once
 * more in the table's own, which knows no time.
 */
const lookUp = async (
  { clock, tableReader, engine }: ApplyDeps,
  uncertain: readonly Uncertain[],
  { startedAt, until, window }: FirstPass,
): Promise<readonly Outcome[]> => {
  const { items, gap } = await engine.listRecoveryPoints(startedAt - CLOCK_TOLERANCE_MS);
  const made = madeBy(items);
  const settled = async (outcome: Uncertain): Promise<Outcome> => {
    const { action, failure, unclaimed } = outcome;
    const mark = unclaimed === undefined ? {} : { unclaimed };
    const key = keyOf(action.table, action.tableId, action.name);
    const isThere = ({ id }: RecoveryPoint): Outcome => {
      const there = `the answer was lost (${failureText(failure)}) but the backup is there: ${id}`;
      return { action, status: 'done', reason: there, ...mark };
    };
    const found = made.get(key);
    if (found !== undefined) return isThere(found);
    if (gap !== undefined) return outcome;
    const own = await tableReader.listRecoveryPointsOf(action.table);
    const late = madeBy(own.items).get(key);
    if (late !== undefined) return isThere(late);
    // A machine that slept meanwhile may hold the claim no longer.
    if (own.gap !== undefined || clock.now() >= until) return outcome;
    return { ...(await engine.create(action, window)), ...mark };
  };
  return await pMap(uncertain, settled, { concurrency: CONCURRENT_CREATES });
};

const inPlaceOf = (outcomes: readonly Outcome[], later: readonly Outcome[]): readonly Outcome[] => {
  const byAction = new Map(later.map((outcome) => [outcome.action, outcome]));
  return outcomes.map((outcome) => byAction.get(outcome.action) ?? outcome);
};

/**
 * Looks up the creates of a run whose answers were lost and makes those that are not there, again and again while the run has time, each once it
 * has settled: one that nobody answered keeps no other waiting. Returns all outcomes, in their order; what is not settled by then stays as it was.
 *
 * SAFETY: a create is repeated only after a whole list that was read once its last call had settled, and under the claim that the run still
 * holds, so that one slot never has two recovery points. What was waited is counted and not read from a clock, which may be set meanwhile.
 */
export const settle = async (
  hands: ApplyDeps,
  outcomes: readonly Outcome[],
  pass: FirstPass,
): Promise<readonly Outcome[]> => {
  let all = outcomes;
  let settling = settlingOf(outcomes);
  for (;;) {
    const nextMs = Math.min(...settling.map(({ waitMs }) => waitMs));
    if (!(hands.clock.now() + nextMs + LEAST_MS < pass.until)) return all;
    await hands.clock.sleep(nextMs);
    const waiting = settling.map((one) => ({ ...one, waitMs: one.waitMs - nextMs }));
    const due = waiting.filter(({ waitMs }) => waitMs <= 0).map(({ outcome }) => outcome);
    const later = await lookUp(hands, due, pass);
    all = inPlaceOf(all, later);
    settling = [...waiting.filter(({ waitMs }) => waitMs > 0), ...settlingOf(later)];
  }
};
