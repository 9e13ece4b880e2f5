import pMap from 'p-map';
import type { CreateAction } from '../model/action.ts';
import { failureText } from '../model/failure.ts';
import { CLOCK_TOLERANCE_MS, type Instant, MINUTE_MS, SECOND_MS } from '../model/instant.ts';
import type { NotDone, Outcome } from '../model/outcome.ts';
import type { RecoveryPoint } from '../model/recovery-point.ts';
import type { CallWindow } from '../ports/engine.ts';
import type { Deps } from './deps.ts';
import { applyByEngine, listRecoveryPoints } from './engines.ts';

/**
 * How long a call may still take effect after its run was cut off: no claim of the run is taken
 * over before that.
 */
export const CUT_OFF_MS = MINUTE_MS;

/** How long a list may not show the effect of a call that the service answered with a failure. */
export const SETTLE_MS = 30 * SECOND_MS;

/**
 * The same when the connection closed. Nothing of the call is on its way any more: what was not
 * delivered was lost with the connection. But it may have succeeded, and a list may lag by a
 * minute.
 */
export const CLOSED_SETTLE_MS = 1.5 * MINUTE_MS;

/**
 * SAFETY: the same for a call that was not answered. It may still be on its way: AWS accepts it as
 * long as its signature is valid, and has the minute after that for what it has accepted.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html (checked 2026-11-28): within five minutes of its time stamp
 */
export const SILENT_SETTLE_MS = CLOCK_TOLERANCE_MS + MINUTE_MS;

/** Enough for a list and for creates at half their rate. */
const LEAST_MS = 10 * SECOND_MS;

const CONCURRENT_CREATES = 20;

type ApplyDeps = Pick<Deps, 'clock' | 'engines'>;

type Uncertain = NotDone & { readonly action: CreateAction };

/** A create that is looked up only after this time. */
interface Settling {
  readonly outcome: Uncertain;
  readonly waitMs: number;
}

/** What the second pass needs from the first. */
export interface FirstPass {
  /** Before the first of its calls. */
  readonly startedAt: Instant;
  /** After which nothing is started; the claims are held for longer. */
  readonly until: Instant;
  /** When a create may be sent: while the claims are held. */
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

/** The name carries the slot and the instance; a table recreated under its name has another id, and a copy was made by no create. */
const madeBy = (points: readonly RecoveryPoint[]): ReadonlyMap<string, RecoveryPoint> =>
  new Map(
    points
      .filter(({ copyOf, status }) => status !== 'deleted' && copyOf === undefined)
      .map((point) => [keyOf(point.tableName, point.tableId, point.name), point]),
  );

/**
 * SAFETY: the list is bounded by a "since" of the run's own clock, and a clock that is ahead misses
 * everything. A point that is not in it is therefore looked up again in the table's own list, which
 * has no time bound.
 *
 * Lists once and makes what is missing. Without a whole list nothing is made.
 */
const lookUp = async (
  { clock, engines }: ApplyDeps,
  uncertain: readonly Uncertain[],
  { startedAt, until, window }: FirstPass,
): Promise<readonly Outcome[]> => {
  const { items, gap } = await listRecoveryPoints(engines, { since: startedAt - CLOCK_TOLERANCE_MS });
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
    const own = await listRecoveryPoints(engines, { table: action.table });
    const late = madeBy(own.items).get(key);
    if (late !== undefined) return isThere(late);
    // A machine that slept in between may no longer hold the claim.
    if (own.gap !== undefined || clock.now() >= until) return outcome;
    return { ...(await applyByEngine(engines, action, window)), ...mark };
  };
  return await pMap(uncertain, settled, { concurrency: CONCURRENT_CREATES });
};

const inPlaceOf = (outcomes: readonly Outcome[], later: readonly Outcome[]): readonly Outcome[] => {
  const byAction = new Map(later.map((outcome) => [outcome.action, outcome]));
  return outcomes.map((outcome) => byAction.get(outcome.action) ?? outcome);
};

/**
 * SAFETY: repeats a create only after a whole list that was read once its last call had settled,
 * and under the claim that the run still holds, so that one slot never has two recovery points.
 * Waiting time is counted, not read from a clock, which may be set in between.
 *
 * Looks up the creates whose answers were lost and makes those that are missing, repeatedly while
 * the run has time, each once it has settled: one that was not answered delays no other. Returns
 * all outcomes in their order; what has not settled by then is unchanged.
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
