import pMap from 'p-map';
import { mayGoWithoutClaim } from '../core/plan/without-claim.ts';
import type { Action, CreateAction } from '../model/action.ts';
import { assertNever, messageOf, StateTableMissingError } from '../model/errors.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../model/instant.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import type { Parts } from './parts.ts';

/** Under whose name, and until when, a run may act. */
export interface Budget {
  readonly runId: string;
  readonly deadline: Instant;
}

/** Actions under way at once; the rates, not this number, set the pace. */
const CONCURRENT_ACTIONS = 20;

/** What the end of a run needs: actions under way finish, the alert leaves, state is saved. */
const RESERVE_MS = 30 * SECOND_MS;

/** A run that was cut off may have a call under way for a moment longer; nobody takes its claims over before that. */
const CLAIM_MARGIN_MS = MINUTE_MS;

const deferred = (action: Action, reason: string): Outcome => ({ action, status: 'deferred', reason });
const failed = (action: Action, reason: string): Outcome => ({ action, status: 'failed', reason });

/** One slot of one incarnation of one table: `tableId/tablekeeper.prod.standard.20261123T030000Z`. */
const claimId = (action: CreateAction): string => `${action.tableId}/${action.name}`;

type Hands = Pick<Parts, 'clock' | 'engine' | 'log' | 'pitrSwitch' | 'policies' | 'stateStore'>;

/** What came of asking for a claim. */
type Claimed =
  | { readonly kind: 'held' }
  | { readonly kind: 'not-held'; readonly outcome: Outcome }
  /** The store could not be asked, and the recovery point is made all the same. */
  | { readonly kind: 'done-without'; readonly why: string };

/** Nobody makes a recovery point without its claim, but where the store cannot be asked and waiting would cost data. */
const claim = async (
  hands: Hands,
  action: CreateAction,
  budget: Budget,
  mayRetake: boolean,
): Promise<Claimed> => {
  const wanted = {
    id: claimId(action),
    runId: budget.runId,
    now: hands.clock.now(),
    heldUntil: budget.deadline + CLAIM_MARGIN_MS,
  };
  try {
    const held = await hands.stateStore.claim(wanted, mayRetake);
    return held
      ? { kind: 'held' }
      : { kind: 'not-held', outcome: deferred(action, 'another run holds the claim on this slot') };
  } catch (error) {
    const why = `the claim could not be written: ${messageOf(error)}`;
    const trouble = {
      isTableMissing: error instanceof StateTableMissingError,
      listIsWhole: mayRetake,
      policies: hands.policies,
      now: hands.clock.now(),
    };
    return mayGoWithoutClaim(action, trouble)
      ? { kind: 'done-without', why }
      : { kind: 'not-held', outcome: failed(action, why) };
  }
};

/** A claim that cannot be given back ends by itself at its `heldUntil`, so that is worth a line in the log and no more. */
const release = async (hands: Hands, action: CreateAction, { runId }: Budget): Promise<void> => {
  try {
    await hands.stateStore.release({ id: claimId(action), runId });
  } catch (error) {
    hands.log.warn('a claim could not be given back', { claim: claimId(action), reason: messageOf(error) });
  }
};

const create = async (hands: Hands, action: CreateAction, budget: Budget, mayRetake: boolean) => {
  const claimed = await claim(hands, action, budget, mayRetake);
  if (claimed.kind === 'not-held') return claimed.outcome;
  const outcome = await hands.engine.create(action);
  if (claimed.kind === 'done-without') return { ...outcome, unclaimed: claimed.why };
  const certainlyNotMade = outcome.status !== 'done' && outcome.uncertain === undefined;
  if (certainlyNotMade) await release(hands, action, budget);
  return outcome;
};

const applyOne = (hands: Hands, action: Action, budget: Budget, mayRetake: boolean): Promise<Outcome> => {
  switch (action.kind) {
    case 'create':
      return create(hands, action, budget, mayRetake);
    case 'expire':
      return hands.engine.expire(action);
    case 'enable-pitr':
      return hands.pitrSwitch.enable(action);
    default:
      return assertNever(action);
  }
};

/**
 * Given a plan, carries out its actions in order, several at a time, and returns what became of each, in the same order. At the edge,
 * when too little time is left, the rest is deferred: the next run finds it due again.
 */
export const apply = (
  hands: Hands,
  plan: Plan,
  budget: Budget,
  mayRetake: boolean,
): Promise<readonly Outcome[]> =>
  pMap(
    plan.actions,
    async (action) =>
      hands.clock.now() > budget.deadline - RESERVE_MS
        ? deferred(action, 'the time of this run ended before its turn')
        : await applyOne(hands, action, budget, mayRetake),
    { concurrency: CONCURRENT_ACTIONS },
  );
