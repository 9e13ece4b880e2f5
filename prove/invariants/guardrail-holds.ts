import { originOf, ownOf } from '../truth/own.ts';
import type { RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

const excess = (deleted: number, available: number, { before }: RunRecord): boolean => {
  const { floor, maxShare } = before.file.guardrail;
  return deleted > floor && deleted > maxShare * available;
};

/** 6. Nobody approved it, so no run deletes more than the guardrail's floor and share, of one policy or of all. */
export const guardrailHolds: Invariant = (run) => {
  if (run.approved || run.deleted.length === 0) return [];
  const available = ownOf(run.before.backups).filter(({ backup }) => backup.availableAt <= run.endedAt);
  const ofPolicy = Map.groupBy(run.deleted, ({ name }) => originOf(name)?.policy);
  const groups = [...ofPolicy].map(([policy, deleted]) => ({
    what: String(policy),
    deleted: deleted.length,
    available: available.filter((own) => own.policy === policy).length,
  }));
  const all = { what: 'all policies', deleted: run.deleted.length, available: available.length };
  return [all, ...groups]
    .filter((group) => excess(group.deleted, group.available, run))
    .map(
      (group) => `${group.deleted} of ${group.available} of ${group.what} were deleted past the guardrail`,
    );
};
