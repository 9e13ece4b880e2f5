import pMap from 'p-map';
import type { Action, CreateAction } from '../model/action.ts';
import { CLOCK_TOLERANCE_MS, type Instant, MINUTE_MS, SECOND_MS } from '../model/instant.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RecoveryPoint } from '../model/recovery-point.ts';
import type { CallWindow } from '../ports/engine.ts';
import type { Parts } from './parts.ts';

/** How long a call may still take effect after its run was cut off: nobody takes over its claims before that. */
export const CUT_OFF_MS = MINUTE_MS;

/** How long the effect of a call may not show in a list, once the service has answered that it failed. */
export const SETTLE_MS = 30 * SECOND_MS;

/** The same where it closed the connection without an answer: the call may have succeeded, and a list may lag by a minute. */
export const CLOSED_SETTLE_MS = 1.5 * MINUTE_MS;

/**
 * The same for a call that nobody answered: it may still be on its way, and AWS takes it for as long as its signature is good.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html (checked 2026-11-28)
 */
export const SILENT_SETTLE_MS = 5 * MINUTE_MS;

/** Enough for a list and for creates at half their rate. */
const LEAST_MS = 10 * SECOND_MS;

const CONCURRENT_CREATES = 20;

type Hands = Pick<Parts, 'clock' | 'engine'>;

interface Uncertain extends Outcome {
  readonly action: CreateAction;
}

/** What the second pass needs to know of the first. */
export interface FirstPass {
  /** Before any of its calls. */
  readonly startedAt: Instant;
  /** After which nothing is begun; the claims are held for longer. */
  readonly until: Instant;
  /** When a create may leave: while the claims are held. */
  readonly window: CallWindow;
  /** Creates that were sent again after no answer came, in a round in which nothing else was answered either. */
  readonly sentAgain?: ReadonlySet<Action>;
}

/** A service that is silent to all may carry out both calls in the end, so a third is left to the next run. */
const mayBeSentAgain = ({ action, unanswered }: Uncertain, { sentAgain }: FirstPass): boolean =>
  unanswered !== 'silent' || sentAgain?.has(action) !== true;

const UNANSWERED_MS = { closed: CLOSED_SETTLE_MS, silent: SILENT_SETTLE_MS } as const;

const settleMsOf = (uncertain: readonly Uncertain[]): number =>
  Math.max(SETTLE_MS, ...uncertain.map(({ unanswered }) => (unanswered ? UNANSWERED_MS[unanswered] : 0)));

const isUncertain = (outcome: Outcome): outcome is Uncertain =>
  outcome.uncertain === true && outcome.action.kind === 'create';

/** Names of tables hold no slash. */
const keyOf = (table: string, tableId: string, name: string): string => `${table}/${tableId}/${name}`;

/** The name carries the slot and the instance; a table made again under its name has another id. */
const madeBy = (points: readonly RecoveryPoint[]): ReadonlyMap<string, RecoveryPoint> =>
  new Map(
    points
      .filter(({ status }) => status !== 'deleted')
      .map((point) => [keyOf(point.tableName, point.tableId, point.name), point]),
  );

/** Waits until the calls have settled, lists once, and makes what is not there. Without a whole list nothing is made. */
const settleRound = async (
  { clock, engine }: Hands,
  uncertain: readonly Uncertain[],
  pass: FirstPass,
): Promise<readonly Outcome[]> => {
  const { startedAt, until } = pass;
  await clock.sleep(settleMsOf(uncertain));
  const { items, gap } = await engine.listRecoveryPoints(startedAt - CLOCK_TOLERANCE_MS);
  const made = madeBy(items);
  const settled = async (outcome: Uncertain): Promise<Outcome> => {
    const { action, reason } = outcome;
    const found = made.get(keyOf(action.table, action.tableId, action.name));
    if (found !== undefined)
      return {
        action,
        status: 'done',
        reason: `the answer was lost (${reason}) but the backup is there: ${found.id}`,
      };
    // A machine that slept meanwhile may hold the claim no longer.
    const mayCreate = gap === undefined && clock.now() < until && mayBeSentAgain(outcome, pass);
    return mayCreate ? await engine.create(action, pass.window) : outcome;
  };
  return await pMap(uncertain, settled, { concurrency: CONCURRENT_CREATES });
};

const inPlaceOf = (outcomes: readonly Outcome[], later: readonly Outcome[]): readonly Outcome[] => {
  const byAction = new Map(later.map((outcome) => [outcome.action, outcome]));
  return outcomes.map((outcome) => byAction.get(outcome.action) ?? outcome);
};

/**
 * Looks up the creates of a run whose answers were lost and makes those that are not there, again and again while the run has time. Returns all
 * outcomes, in their order; what is not settled by then stays as it was.
 *
 * SAFETY: a create is repeated only after a whole list that was read once its last call had settled, and under the claim that the run still
 * holds, so that one slot never has two recovery points; one that nobody answered is repeated once.
 */
export const settle = async (
  hands: Hands,
  outcomes: readonly Outcome[],
  pass: FirstPass,
): Promise<readonly Outcome[]> => {
  const uncertain = outcomes.filter(isUncertain);
  const isInTime = hands.clock.now() + settleMsOf(uncertain) + LEAST_MS < pass.until;
  if (uncertain.length === 0 || !isInTime) return outcomes;
  const later = await settleRound(hands, uncertain, pass);
  const isAnswering = later.some(({ unanswered }) => unanswered === undefined);
  const silent = isAnswering
    ? []
    : uncertain.flatMap((one) => (one.unanswered === 'silent' ? [one.action] : []));
  const sentAgain = new Set<Action>([...(pass.sentAgain ?? []), ...silent]);
  return await settle(hands, inPlaceOf(outcomes, later), { ...pass, sentAgain });
};
