import type { RestorePlan } from '../../shared/core/restore/restore-plan.ts';
import { restoreUnderWay } from '../../shared/core/restore/target-name.ts';
import type { RestoreRecord } from '../../shared/model/restore.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import { recordOf } from '../../shared/run/restore/plan-restore.ts';
import type { Seen } from './make-plans.ts';

/** SAFETY: keeps the settings of a table that nothing else keeps, so that a later session has them even when the table is gone by then. */
const keepSettings = async ({ manifests }: RestoreParts, seen: readonly Seen[]): Promise<void> => {
  for (const { unkept } of seen) if (unkept !== undefined) await manifests.save(unkept);
};

/** Ends what was only written down: nothing was called for it yet. */
const takeBack = async ({ records, parts }: RestoreParts, begun: readonly RestoreRecord[]): Promise<void> => {
  const endedAt = parts.clock.now();
  for (const record of begun) await records.save({ ...record, phase: 'ended', result: 'given-up', endedAt });
};

/**
 * Writes all restores down before the first is called: all of them or none. Throws a `UserError` where another session restores to one of the
 * names.
 */
export const beginAll = async (
  restore: RestoreParts,
  plans: readonly RestorePlan[],
  seen: readonly Seen[],
): Promise<readonly RestoreRecord[]> => {
  await keepSettings(restore, seen);
  const begun: RestoreRecord[] = [];
  for (const record of plans.map(recordOf)) {
    if (!(await restore.records.begin(record))) {
      await takeBack(restore, begun);
      throw restoreUnderWay(record.targetTable);
    }
    begun.push(record);
  }
  return begun;
};
