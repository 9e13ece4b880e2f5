import type { EnablePitrAction } from '../../model/action.ts';
import type { GovernedTable } from '../scene/governed.ts';
import { isActedOn } from '../scene/is-acted-on.ts';
import { longestPeriodDays, promisesOf } from '../scene/pitr-promise.ts';
import { repairReason } from '../scene/repair-reason.ts';

const repairOf = (governed: GovernedTable): readonly EnablePitrAction[] => {
  const { details, name } = governed.table;
  if (details === undefined || !isActedOn(details.status)) return [];
  const reason = repairReason(governed);
  if (reason === undefined) return [];
  const recoveryPeriodDays = longestPeriodDays(promisesOf(governed));
  return [{ kind: 'enable-pitr', table: name, tableId: details.tableId, recoveryPeriodDays, reason }];
};

/**
 * Given the governed tables, returns one repair for each whose point-in-time recovery is off, or keeps fewer days than a policy with
 * `onDrift: repair` promises. At the edge it sends the longest period that any of the table's policies promises, so that no repair breaks
 * another's promise, and a longer period is never shortened; PITR that was not read is left alone.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html (checked 2026-11-22)
 */
export const repairsOf = (governed: readonly GovernedTable[]): readonly EnablePitrAction[] =>
  governed.flatMap(repairOf);
