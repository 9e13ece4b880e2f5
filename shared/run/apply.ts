import pMap from 'p-map';
import type { Action, CreateAction, ExpireAction } from '../model/action.ts';
import { assertNever, messageOf } from '../model/errors.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../model/instant.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import { createExpiry, type TagsSeen } from './expire.ts';
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

type Hands = Pick<Parts, 'clock' | 'closeLook' | 'engine' | 'log' | 'pitrSwitch' | 'policies' | 'stateStore'>;

/** Nobody makes a recovery point without its claim; a store that cannot be asked gives none. */
const claim = async (hands: Hands, action: CreateAction, budget: Budget, mayRetake: boolean) => {
  const wanted = {
    id: claimId(action),
    runId: budget.runId,
    now: hands.clock.now(),
    heldUntil: budget.deadline + CLAIM_MARGIN_MS,
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

/** One run at its actions. */
interface Doing {
  readonly hands: Hands;
  readonly budget: Budget;
  readonly mayRetake: boolean;
  readonly expire: (action: ExpireAction) => Promise<Outcome>;
}

const applyOne = ({ hands, budget, mayRetake, expire }: Doing, action: Action): Promise<Outcome> => {
  switch (action.kind) {
    case 'create':
      return create(hands, action, budget, mayRetake);
    case 'expire':
      return expire(action);
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
  tagsSeen: TagsSeen = () => undefined,
): Promise<readonly Outcome[]> => {
  const doing: Doing = { hands, budget, mayRetake, expire: createExpiry(hands, tagsSeen) };
  return pMap(
    plan.actions,
    async (action) =>
      hands.clock.now() > budget.deadline - RESERVE_MS
        ? deferred(action, 'the time of this run ended before its turn')
        : await applyOne(doing, action),
    { concurrency: CONCURRENT_ACTIONS },
  );
};
