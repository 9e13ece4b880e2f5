import type { Pitr } from '../../model/table.ts';
import { daysText } from '../text/time.ts';
import type { GovernedTable } from './governed.ts';
import { longestPeriodDays, promisesOf } from './pitr-promise.ts';

const driftOf = (pitr: Pitr, promisedDays: number): string | undefined => {
  if (!pitr.enabled) return `point-in-time recovery is off; the policy promises ${daysText(promisedDays)}`;
  const days = pitr.recoveryPeriodDays;
  return days === undefined || days >= promisedDays
    ? undefined
    : `the recovery period is ${daysText(days)}; the policy promises ${daysText(promisedDays)}`;
};

/**
 * Given a governed table, returns why its point-in-time recovery needs a repair, whatever state the table is in. At the edge: undefined
 * where it keeps what the policies with `onDrift: repair` promise, though another's promise may be longer, and where it was not read.
 */
export const repairReason = (governed: GovernedTable): string | undefined => {
  const { pitr } = governed.table;
  const mended = promisesOf(governed).filter(({ onDrift }) => onDrift === 'repair');
  return pitr === undefined || mended.length === 0 ? undefined : driftOf(pitr, longestPeriodDays(mended));
};
