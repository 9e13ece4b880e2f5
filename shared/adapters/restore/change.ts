import { type Failure, ownFailure } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import type { StepOutcome } from '../../model/restore.ts';
import type { Reading } from '../../ports/inventory.ts';
import { type FailedCall, type FailureKind, failureOf } from '../aws/errors.ts';

/**
 * What a look before a change shows. `as-asked`: it stands so already · `open`: it does not, and may be changed · `wait`: the service would refuse it
 * now · `blocked`: it would refuse it at any time, or changing it is for a person to decide · `unread`: it could not be seen.
 */
export type Look<Seen> =
  | { readonly kind: 'as-asked' }
  | { readonly kind: 'open'; readonly seen: Seen }
  | { readonly kind: 'wait'; readonly failure: Failure }
  | { readonly kind: 'blocked'; readonly failure: Failure }
  | { readonly kind: 'unread'; readonly failure: Failure };

/** One change of a setting: how it is looked at, and the call that makes it. */
export interface Change<Seen> {
  readonly operation: string;
  look(): Promise<Look<Seen>>;
  /** Makes the call. May return an outcome of its own, where being accepted is not being done. */
  send(seen: Seen): Promise<StepOutcome | undefined>;
  /** Until when the service refuses the change because of how often it was made; undefined where that is not why. */
  notBefore?(failed: FailedCall): Instant | undefined;
}

export const AS_ASKED = { kind: 'as-asked' } as const;

/** Makes a look that what is seen may be changed. */
export const open = <Seen>(seen: Seen): Look<Seen> => ({ kind: 'open', seen });

/** Makes a look that the change has to wait. */
export const wait = (why: string, operation: string): Look<never> => ({
  kind: 'wait',
  failure: ownFailure('not-ready', why, { operation }),
});

/** Makes a look that the change cannot be made. */
export const blocked = (why: string, operation: string): Look<never> => ({
  kind: 'blocked',
  failure: ownFailure('not-as-asked', why, { operation }),
});

/** Turns what was not found into a look: a table that is not there may not be visible yet. */
export const unseen = (
  reading: Exclude<Reading<unknown>, { kind: 'found' }>,
  operation: string,
): Look<never> =>
  reading.kind === 'missing'
    ? { kind: 'wait', failure: ownFailure('not-there', 'there is no such table yet', { operation }) }
    : { kind: 'unread', failure: reading.failure };

/** The service asks for patience: the table or one of its parts is being changed, or too many changes run. */
const LATER: ReadonlySet<string> = new Set([
  'ConcurrentModificationException',
  'ConcurrentUpdateException',
  'ContinuousBackupsUnavailableException',
  'LimitExceededException',
  'ObjectNotFoundException',
  'PolicyNotFoundException',
  'ReplicatedWriteConflictException',
  'ResourceInUseException',
  'TableInUseException',
]);

/** An answer that was lost may have been a yes: it is looked at again later. */
const LATER_KINDS: readonly FailureKind[] = ['ambiguous', 'not-found', 'out-of-time', 'throttled'];

const deferred = (failure: Failure): StepOutcome => ({ kind: 'deferred', failure });
const failed = (failure: Failure): StepOutcome => ({ kind: 'failed', failure });

/** A call that is not allowed will not be later; any other that failed may be answered then. */
const unread = (failure: Failure): StepOutcome =>
  failure.kind === 'call' && failure.denial !== undefined ? failed(failure) : deferred(failure);

const outcomeOf = <Seen>(change: Change<Seen>, call: FailedCall): StepOutcome => {
  const at = change.notBefore?.(call);
  if (at !== undefined) return { kind: 'not-before', at, failure: call.failure };
  return LATER.has(call.name) || LATER_KINDS.includes(call.kind)
    ? deferred(call.failure)
    : failed(call.failure);
};

const sent = async <Seen>(change: Change<Seen>, seen: Seen): Promise<StepOutcome> => {
  try {
    return (await change.send(seen)) ?? { kind: 'done' };
  } catch (error) {
    const call = failureOf(change.operation, error);
    if (call.kind === 'access-denied' || call.kind === 'out-of-time') return outcomeOf(change, call);
    // The answer before it may have been lost, and this one refuses what it did.
    const after = await change.look();
    if (after.kind === 'as-asked') return { kind: 'done' };
    return after.kind === 'wait' ? deferred(after.failure) : outcomeOf(change, call);
  }
};

/** Looks, makes the change where it is open, and looks again where the call failed: what stands as asked was done. */
export const makeChange = async <Seen>(change: Change<Seen>): Promise<StepOutcome> => {
  const look = await change.look();
  switch (look.kind) {
    case 'as-asked':
      return { kind: 'as-it-was' };
    case 'wait':
      return deferred(look.failure);
    case 'blocked':
      return failed(look.failure);
    case 'unread':
      return unread(look.failure);
    default:
      return sent(change, look.seen);
  }
};
