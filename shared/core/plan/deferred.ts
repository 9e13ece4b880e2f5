import type { CreateAction } from '../../model/action.ts';
import type { Failure } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import type { Deferral, DeferralKind, DeferralMemory } from '../../model/memory.ts';
import type { Outcome } from '../../model/outcome.ts';
import { type Cause, causeOf } from '../findings/cause.ts';
import { shortHash } from '../text/digest.ts';

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
