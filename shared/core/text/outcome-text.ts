import { failureText } from '../../model/failure.ts';
import type { Outcome } from '../../model/outcome.ts';

/** Writes why an outcome is what it is. */
export const outcomeText = (outcome: Outcome): string =>
  outcome.status === 'done' ? outcome.reason : failureText(outcome.failure);
