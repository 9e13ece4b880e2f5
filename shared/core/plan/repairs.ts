import type { EnablePitrAction } from '../../model/action.ts';
import type { PitrPromise } from '../../model/policy.ts';
import type { Pitr, TableStatus } from '../../model/table.ts';
import type { GovernedTable } from '../checks/context.ts';
import { daysText } from '../render/time-text.ts';

const REPAIRED_IN: readonly TableStatus[] = ['ACTIVE', 'UPDATING'];

const longest = (promises: readonly PitrPromise[]): number =>
  Math.max(...promises.map(({ recoveryPeriodDays }) => recoveryPeriodDays));

const driftOf = (pitr: Pitr, promisedDays: number): string | undefined => {
  if (!pitr.enabled) return `point-in-time recovery is off; the policy promises ${daysText(promisedDays)}`;
  const days = pitr.recoveryPeriodDays;
  return days === undefined || days >= promisedDays
    ? undefined
    : `the recovery period is ${daysText(days)}; the policy promises ${daysText(promisedDays)}`;
};

const repairOf = ({ table, policies }: GovernedTable): readonly EnablePitrAction[] => {
  const { details, name, pitr } = table;
  const promises = policies.flatMap((policy) => (policy.pitr === undefined ? [] : [policy.pitr]));
  const mended = promises.filter(({ onDrift }) => onDrift === 'repair');
  if (details === undefined || pitr === undefined || mended.length === 0) return [];
  const reason = REPAIRED_IN.includes(details.status) ? driftOf(pitr, longest(mended)) : undefined;
  if (reason === undefined) return [];
  const { tableId } = details;
  return [{ kind: 'enable-pitr', table: name, tableId, recoveryPeriodDays: longest(promises), reason }];
};

/**
 * Given the governed tables, returns one repair for each whose point-in-time recovery is off, or keeps fewer days than a policy with
 * `onDrift: repair` promises. At the edge it sends the longest period that any of the table's policies promises, so that no repair breaks
 * another's promise, and a longer period is never shortened; PITR that was not read is left alone.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html (checked 2026-11-22)
 */
export const repairsOf = (governed: readonly GovernedTable[]): readonly EnablePitrAction[] =>
  governed.flatMap(repairOf);
