import type { CreateAction } from '../../model/action.ts';
import type { Failure } from '../../model/failure.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Deferral, DeferralKind, DeferralMemory } from '../../model/memory.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Policies } from '../../model/policy.ts';
import { latestSlot } from '../calendar/slots.ts';
import { type Cause, causeOf } from '../findings/cause.ts';
import { shortHash } from '../text/digest.ts';

/** How long a slot may wait for a state table that does not answer: four runs of the default rate. */
const LONGEST_WAIT_MS = 2 * HOUR_MS;

/** Slots closer than this have hardly two runs each, and do not wait. */
const CLOSE_SLOTS_MS = 2 * HOUR_MS;

const waitMs = ({ policy: name, slot }: CreateAction, { policies }: Policies): number => {
  const policy = policies.find((one) => one.name === name);
  if (policy === undefined) return LONGEST_WAIT_MS;
  const intervalMs = slot - latestSlot(policy, slot - 1);
  return intervalMs <= CLOSE_SLOTS_MS ? 0 : Math.min(LONGEST_WAIT_MS, intervalMs / 2);
};

/** What is known when a claim could not be written. */
export interface ClaimTrouble {
  /** Whether the state table is missing, as far as its answer shows. */
  readonly isTableMissing: boolean;
  /** Whether the list of recovery points was read whole, without the one that is to be made. */
  readonly listIsWhole: boolean;
  readonly policies: Policies;
  readonly now: Instant;
}

/**
 * SAFETY: decides between a second copy and no copy when a claim could not be written. A recovery
 * point is made anyway only if the list was read whole without it, and either there is no state
 * table, so that no run can hold a claim, or the slot has waited for two hours. Two runs at once
 * may then make two copies of one slot, which costs money; a missing copy costs data.
 */
export const mayGoWithoutClaim = (
  action: CreateAction,
  { isTableMissing, listIsWhole, policies, now }: ClaimTrouble,
): boolean => listIsWhole && (isTableMissing || now - action.slot >= waitMs(action, policies));

/**
 * Marks that fit easily into one item of the state table, of all causes together: its limit is 400
 * KB, and a mark takes ten bytes.
 */
const MOST_MARKS = 20_000;

/** A backup that was deferred for a named reason. */
interface PutOff {
  readonly why: Why;
  readonly action: CreateAction;
}

type Why = Cause & { readonly kind: DeferralKind };

const kindOf = (failure: Failure): DeferralKind => {
  if (failure.kind === 'call') return failure.isThrottled === true ? 'throttled' : 'other';
  return failure.code === 'out-of-time' ? 'out-of-time' : 'other';
};

const putOff = (outcome: Outcome): readonly PutOff[] => {
  const { action, status } = outcome;
  if (action.kind !== 'create' || status !== 'deferred') return [];
  const cause = causeOf(outcome.failure);
  return cause === undefined ? [] : [{ why: { ...cause, kind: kindOf(outcome.failure) }, action }];
};

/**
 * A run that is throttled until its end has no time for the others: all of them were deferred
 * because of the throttling.
 */
const withSharedCause = (all: readonly PutOff[]): readonly PutOff[] => {
  const throttling = all.find(({ why }) => why.kind === 'throttled')?.why;
  if (throttling === undefined) return all;
  return all.map((one) => (one.why.kind === 'out-of-time' ? { ...one, why: throttling } : one));
};

const deferralOf = (
  { why }: PutOff,
  ofCause: readonly PutOff[],
  since: Instant,
  mostMarks: number,
): Deferral => ({
  ...why,
  backups: ofCause.length,
  since,
  marks: ofCause
    .slice(0, mostMarks)
    .map(({ action }) => shortHash(action.table, action.policy))
    .toSorted(),
});

/**
 * Records why a backup run deferred backups, how many, and since when. Undefined when it deferred
 * none, or only ones that another run makes. A cause that was there before keeps its start.
 */
export const nextDeferred = (
  before: DeferralMemory | undefined,
  outcomes: readonly Outcome[],
  now: Instant,
): DeferralMemory | undefined => {
  const sinces = new Map(before?.deferrals.map(({ cause, since }) => [cause, since]));
  const byCause = Map.groupBy(withSharedCause(outcomes.flatMap(putOff)), ({ why }) => why.cause);
  if (byCause.size === 0) return undefined;
  const mostMarks = Math.floor(MOST_MARKS / byCause.size);
  const deferrals = [...byCause]
    .flatMap(([cause, ofCause]) => {
      const [first] = ofCause;
      return first === undefined ? [] : [deferralOf(first, ofCause, sinces.get(cause) ?? now, mostMarks)];
    })
    .toSorted((a, b) => (a.cause < b.cause ? -1 : 1));
  return { deferredAt: now, deferrals };
};
