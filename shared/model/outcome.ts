import type { Action } from './action.ts';
import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';

interface Tried {
  readonly action: Action;
  /** Set where it was sent without the claim that should stand before it: why that could not be written. */
  readonly unclaimed?: Failure;
}

/** A job that a service began. */
export interface StartedJob {
  readonly id: string;
  readonly startedAt: Instant;
  /** The ARN of what it makes, where the service names it at once. */
  readonly recoveryPointId?: string;
}

/** It is so now, whoever did it. */
export interface Done extends Tried {
  readonly status: 'done';
  /** What was done, in words. */
  readonly reason: string;
  /** The job that does it from now on, where the service has only begun. */
  readonly job?: StartedJob;
}

/**
 * It is not so, as far as is known. `deferred`: not now, the next run finds it due again · `refused`: a rule of this project or of the service forbids
 * it · `failed`: it was tried and went wrong.
 */
export interface NotDone extends Tried {
  readonly status: 'deferred' | 'refused' | 'failed';
  readonly failure: Failure;
  /** Set where the service may have carried it out although its answer was lost, and nobody has looked yet. */
  readonly uncertain?: true;
  /** Set with `uncertain` if no response came: the connection closed, or stayed silent, and the call may still be in progress. */
  readonly unanswered?: 'closed' | 'silent';
}

/** What became of an action. */
export type Outcome = Done | NotDone;

export type OutcomeStatus = Outcome['status'];
