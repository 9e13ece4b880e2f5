import type { Action } from './action.ts';

/**
 * What became of an action. `done`: it is so now, whoever did it · `deferred`: not now, the next run finds it due again ·
 * `refused`: a rule of ours or the service's forbids it · `failed`: it was tried and went wrong.
 */
export type OutcomeStatus = 'done' | 'deferred' | 'refused' | 'failed';

export interface Outcome {
  readonly action: Action;
  readonly status: OutcomeStatus;
  /** Why, in words; for `failed` and `refused` the service's own. */
  readonly reason: string;
  /** Set where it was done without the claim that should stand before it, and why that could not be written. */
  readonly unclaimed?: string;
  /** Set where the service may have carried it out although its answer was lost, and nobody has looked yet. */
  readonly uncertain?: true;
  /** Set beside `uncertain` where no answer came: the connection closed, or stayed silent, and the call may still be under way. */
  readonly unanswered?: 'closed' | 'silent';
}
