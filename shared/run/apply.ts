import pMap from 'p-map';
import { mayGoWithoutClaim } from '../core/plan/deferred.ts';
import type { Action, CreateAction, ExpireAction } from '../model/action.ts';
import { assertNever, messageOf, StateTableMissingError } from '../model/errors.ts';
import { type Failure, ownFailure, thrownFailure } from '../model/failure.ts';
import { CLOCK_TOLERANCE_MS, type Instant, SECOND_MS } from '../model/instant.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import type { CallWindow } from '../ports/engine.ts';
import type { HeldClaim } from '../ports/state-store.ts';
import type { Deps } from './deps.ts';
import { applyByEngine } from './engines.ts';
import { createExpiry, type TagsSeen } from './expire.ts';
import { CUT_OFF_MS, settle } from './settle.ts';

/** Under whose name, and until when, a run may act. */
export interface Budget {
  readonly runId: string;
  readonly startedAt: Instant;
  readonly deadline: Instant;
  /** When reading a whole list of recovery points began; without one no claim is taken over. */
  readonly listedAt?: Instant | undefined;
  /** The same of backup vaults and the jobs of AWS Backup. */
  readonly vaultsListedAt?: Instant | undefined;
}

/** Actions under way at once; the rates, not this number, set the pace. */
const CONCURRENT_ACTIONS = 20;

/** What the end of a run needs: actions under way finish, the alert is sent, state is saved. */
const RESERVE_MS = 30 * SECOND_MS;

/**
 * SAFETY: a call that was sent in time may take effect later: AWS accepts a signature for five
 * minutes, whatever delayed the request. Two clocks that AWS both accepts may be ten minutes apart,
 * and the age of the signature already accounts for five of these.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html (checked 2026-11-28): within five minutes of its time stamp
 */
const TAKEOVER_MARGIN_MS = 2 * CLOCK_TOLERANCE_MS;

const deferred = (action: Action, failure: Failure): Outcome => ({ action, status: 'deferred', failure });
const failed = (action: Action, failure: Failure): Outcome => ({ action, status: 'failed', failure });

const CLAIM_HELD = ownFailure('claim-held', 'another run holds the claim on this slot');
const OUT_OF_TIME = ownFailure('out-of-time', 'the time of this run ended before its turn');

/** One slot of one incarnation of one table: `tableId/tablekeeper.prod.standard.20261123T030000Z`. */
const claimId = (action: CreateAction): string => `${action.tableId}/${action.name}`;

type ApplyDeps = Pick<
  Deps,
  | 'clock'
  | 'drillStates'
  | 'engines'
  | 'inventory'
  | 'log'
  | 'pitrSwitch'
  | 'policies'
  | 'restoresUnderWay'
  | 'stateStore'
  | 'tableReader'
  | 'target'
>;

/** What a request for a claim led to. */
type Claimed =
  | { readonly kind: 'held'; readonly held: HeldClaim }
  | { readonly kind: 'not-held'; readonly outcome: Outcome }
  /** The store could not be asked, and the recovery point is made all the same. */
  | { readonly kind: 'done-without'; readonly why: Failure };

/**
 * SAFETY: measured from the moment at which the list was read, not from now: a list older than the
 * end of a claim does not show what the claim led to, however long ago it ended. Returns the moment
 * by which a claim must have ended to be taken over.
 */
const overBefore = (listedAt: Instant | undefined): Instant | undefined =>
  listedAt === undefined ? undefined : listedAt - TAKEOVER_MARGIN_MS;

/** When the list was read that would show what an earlier call for the same recovery point came to. */
const listedAtFor = ({ job }: CreateAction, { listedAt, vaultsListedAt }: Budget): Instant | undefined =>
  job === undefined ? listedAt : vaultsListedAt;

/**
 * No recovery point is made without its claim, except where the store cannot be asked and waiting
 * would cost data.
 */
const claim = async (hands: ApplyDeps, action: CreateAction, budget: Budget): Promise<Claimed> => {
  const heldUntil = budget.deadline + CUT_OFF_MS;
  const wanted = { id: claimId(action), runId: budget.runId, heldUntil };
  const listedAt = listedAtFor(action, budget);
  try {
    const held = await hands.stateStore.claim(wanted, overBefore(listedAt));
    return held === undefined
      ? { kind: 'not-held', outcome: deferred(action, CLAIM_HELD) }
      : { kind: 'held', held };
  } catch (error) {
    const because = thrownFailure(error);
    const why = ownFailure('claim-not-written', 'the claim could not be written', { because });
    const trouble = {
      isTableMissing: error instanceof StateTableMissingError,
      listIsWhole: listedAt !== undefined,
      policies: hands.policies,
      now: hands.clock.now(),
    };
    return mayGoWithoutClaim(action, trouble)
      ? { kind: 'done-without', why }
      : { kind: 'not-held', outcome: failed(action, why) };
  }
};

/** A claim that cannot be released ends at its `heldUntil`, so this is only logged. */
const release = async (hands: ApplyDeps, held: HeldClaim): Promise<void> => {
  try {
    await hands.stateStore.release(held);
  } catch (error) {
    hands.log.warn('a claim could not be given back', { claim: held.id, reason: messageOf(error) });
  }
};

/**
 * SAFETY: a run that slept past its end has lost its claims, and one whose clock was set back in
 * between cannot know whether it has.
 */
const windowOf = ({ startedAt, deadline }: Budget): CallWindow => ({
  from: startedAt - CLOCK_TOLERANCE_MS,
  until: deadline,
});

const create = async (hands: ApplyDeps, action: CreateAction, budget: Budget): Promise<Outcome> => {
  const claimed = await claim(hands, action, budget);
  if (claimed.kind === 'not-held') return claimed.outcome;
  const outcome = await applyByEngine(hands.engines, action, windowOf(budget));
  if (claimed.kind === 'done-without') return { ...outcome, unclaimed: claimed.why };
  const certainlyNotMade = outcome.status !== 'done' && outcome.uncertain === undefined;
  if (certainlyNotMade) await release(hands, claimed.held);
  return outcome;
};

/** One run that carries out its actions. */
interface Doing {
  readonly hands: ApplyDeps;
  readonly budget: Budget;
  readonly expire: (action: ExpireAction, window: CallWindow) => Promise<Outcome>;
}

/** The plan knows what stands in the way: nothing is tried. */
const waiting = (action: Action): Outcome | undefined =>
  'waits' in action && action.waits !== undefined ? deferred(action, action.waits) : undefined;

const applyOne = async ({ hands, budget, expire }: Doing, action: Action): Promise<Outcome> => {
  const waits = waiting(action);
  if (waits !== undefined) return waits;
  switch (action.kind) {
    case 'create':
      return await create(hands, action, budget);
    case 'copy':
      return await applyByEngine(hands.engines, action, windowOf(budget));
    case 'expire':
      return await expire(action, windowOf(budget));
    case 'enable-pitr':
      return await hands.pitrSwitch.enable(action);
    default:
      return assertNever(action);
  }
};

const isOver = ({ clock }: ApplyDeps, { deadline }: Budget): boolean => clock.now() > deadline - RESERVE_MS;

/**
 * Carries out the actions of a plan in order, several at a time, and looks up those whose answer
 * was lost. Returns the outcomes in the same order. When too little time is left the rest is
 * deferred: the next run finds it due again.
 */
export const apply = async (
  hands: ApplyDeps,
  plan: Plan,
  budget: Budget,
  tagsSeen: TagsSeen = () => undefined,
): Promise<readonly Outcome[]> => {
  const doing: Doing = { hands, budget, expire: createExpiry(hands, tagsSeen) };
  const startedAt = hands.clock.now();
  const outcomes = await pMap(
    plan.actions,
    async (action) => (isOver(hands, budget) ? deferred(action, OUT_OF_TIME) : await applyOne(doing, action)),
    { concurrency: CONCURRENT_ACTIONS },
  );
  return await settle(hands, outcomes, {
    startedAt,
    until: budget.deadline - RESERVE_MS,
    window: windowOf(budget),
  });
};
