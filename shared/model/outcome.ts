import type { Action } from './action.ts';

/**
 * What became of an action. `done`: it is so now, whoever did it · `deferred`: not now, it is still due at the next run · `refused`: a rule of
 * Tablekeeper or the service forbids it · `failed`: it was tried and went wrong.
 */
export type OutcomeStatus = 'done' | 'deferred' | 'refused' | 'failed';

export interface Outcome {
  readonly action: Action;
  readonly status: OutcomeStatus;
  /** Why, in words; for `failed` and `refused` the service's own. */
  readonly reason: string;
  /** Set if it was done without the claim that should precede it, with why that could not be written. */
  readonly unclaimed?: string;
  /** Set if the service may have done it although its response was lost, and that was not checked yet. */
  readonly uncertain?: true;
  /** Set with `uncertain` if no response came: the connection closed, or stayed silent, and the call may still be in progress. */
  readonly unanswered?: 'closed' | 'silent';
}
