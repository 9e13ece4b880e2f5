import type { Finding } from '../../model/finding.ts';
import type { Attempt, OutcomeCheck } from './attempt.ts';
import { backupsFailing } from './backups-failing.ts';
import { expiriesFailing } from './expiries-failing.ts';
import { pitrRepairFailing } from './pitr-repair-failing.ts';

/** Every check of outcomes, one for each kind of action. */
export const OUTCOME_CHECKS: readonly OutcomeCheck[] = [backupsFailing, expiriesFailing, pitrRepairFailing];

const byId = (a: Finding, b: Finding): number => (a.id < b.id ? -1 : 1);

/**
 * Given what became of a run's actions, returns what is wrong with that, sorted by id. At the edge a refusal counts as a failure, and what
 * was deferred as nothing: the next run finds it due again.
 */
export const findingsOfOutcomes = (attempt: Attempt): readonly Finding[] =>
  OUTCOME_CHECKS.flatMap((check) => check.find(attempt)).toSorted(byId);
