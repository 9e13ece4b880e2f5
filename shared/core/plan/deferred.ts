import type { CreateAction } from '../../model/action.ts';
import type { Instant } from '../../model/instant.ts';
import type { Deferral, DeferralMemory } from '../../model/memory.ts';
import type { Outcome } from '../../model/outcome.ts';
import { causeOf, OUT_OF_TIME_CAUSE } from '../findings/cause.ts';
import { isThrottlingCause } from '../findings/overdue-cause.ts';
import { shortHash } from '../text/mark.ts';

/** Marks that one item of the state table holds with ease, of all causes together: its limit is 400 KB, and a mark takes ten bytes. */
const MOST_MARKS = 20_000;

/** A backup that was deferred for a named reason. */
interface PutOff {
  readonly cause: string;
  readonly action: CreateAction;
}

const putOff = ({ action, status, reason }: Outcome): readonly PutOff[] => {
  const cause = action.kind === 'create' && status === 'deferred' ? causeOf(reason) : undefined;
  return action.kind !== 'create' || cause === undefined ? [] : [{ cause, action }];
};

/** A run that is throttled until its end has no time for the others: all of them were deferred because of what took the time. */
const withSharedCause = (all: readonly PutOff[]): readonly PutOff[] => {
  const throttling = all.find(({ cause }) => isThrottlingCause(cause))?.cause;
  if (throttling === undefined) return all;
  return all.map((one) => (one.cause === OUT_OF_TIME_CAUSE ? { ...one, cause: throttling } : one));
};

const deferralOf = (
  cause: string,
  ofCause: readonly PutOff[],
  since: Instant,
  mostMarks: number,
): Deferral => ({
  cause,
  backups: ofCause.length,
  since,
  marks: ofCause
    .slice(0, mostMarks)
    .map(({ action }) => shortHash(action.table, action.policy))
    .toSorted(),
});

/**
 * Returns what the next run should know about the backups that a backup run deferred: why, how many, since when. Returns undefined when there were
 * none, or only ones that another run makes; a cause that was there before keeps its start.
 */
export const nextDeferred = (
  before: DeferralMemory | undefined,
  outcomes: readonly Outcome[],
  now: Instant,
): DeferralMemory | undefined => {
  const sinces = new Map(before?.deferrals.map(({ cause, since }) => [cause, since]));
  const byCause = Map.groupBy(withSharedCause(outcomes.flatMap(putOff)), ({ cause }) => cause);
  if (byCause.size === 0) return undefined;
  const mostMarks = Math.floor(MOST_MARKS / byCause.size);
  const deferrals = [...byCause]
    .map(([cause, ofCause]) => deferralOf(cause, ofCause, sinces.get(cause) ?? now, mostMarks))
    .toSorted((a, b) => (a.cause < b.cause ? -1 : 1));
  return { deferredAt: now, deferrals };
};
