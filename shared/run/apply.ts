import pMap from 'p-map';
import type { Action, CreateAction } from '../model/action.ts';
import { assertNever, messageOf } from '../model/errors.ts';
import { type Instant, SECOND_MS } from '../model/instant.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import type { Parts } from './parts.ts';
import { CUT_OFF_MS, settle } from './settle.ts';

/** Under whose name, and until when, a run may act. */
export interface Budget {
  readonly runId: string;
  readonly deadline: Instant;
}

/** Actions under way at once; the rates, not this number, set the pace. */
const CONCURRENT_ACTIONS = 20;

/** What the end of a run needs: actions under way finish, the alert leaves, state is saved. */
const RESERVE_MS = 30 * SECOND_MS;

const deferred = (action: Action, reason: string): Outcome => ({ action, status: 'deferred', reason });
const failed = (action: Action, reason: string): Outcome => ({ action, status: 'failed', reason });

/** One slot of one incarnation of one table: `tableId/tablekeeper.prod.standard.20261123T030000Z`. */
const claimId = (action: CreateAction): string => `${action.tableId}/${action.name}`;

type Hands = Pick<Parts, 'clock' | 'engine' | 'log' | 'pitrSwitch' | 'stateStore'>;

/** Nobody makes a recovery point without its claim; a store that cannot be asked gives none. */
const claim = async (hands: Hands, action: CreateAction, budget: Budget, mayRetake: boolean) => {
  const wanted = {
    id: claimId(action),
    runId: budget.runId,
    now: hands.clock.now(),
    heldUntil: budget.deadline + CUT_OFF_MS,
  };
  try {
    const held = await hands.stateStore.claim(wanted, mayRetake);
    return held ? undefined : deferred(action, 'another run holds the claim on this slot');
  } catch (error) {
    return failed(action, `the claim could not be written: ${messageOf(error)}`);
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
  const notClaimed = await claim(hands, action, budget, mayRetake);
  if (notClaimed !== undefined) return notClaimed;
  const outcome = await hands.engine.create(action);
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

const isOver = ({ clock }: Hands, { deadline }: Budget): boolean => clock.now() > deadline - RESERVE_MS;

/**
 * Carries out the actions of a plan in order, several at a time, looks up those whose answer was lost, and returns what became of each, in the
 * same order. When too little time is left the rest is deferred: the next run finds it due again.
 */
export const apply = async (
  hands: Hands,
  plan: Plan,
  budget: Budget,
  mayRetake: boolean,
): Promise<readonly Outcome[]> => {
  const startedAt = hands.clock.now();
  const outcomes = await pMap(
    plan.actions,
    async (action) =>
      isOver(hands, budget)
        ? deferred(action, 'the time of this run ended before its turn')
        : await applyOne(hands, action, budget, mayRetake),
    { concurrency: CONCURRENT_ACTIONS },
  );
  return await settle(hands, outcomes, { startedAt, until: budget.deadline - RESERVE_MS });
};
