import { spentInMonth } from '../../core/drill/proof.ts';
import type { DrillRefusal } from '../../model/drill.ts';
import type { DrillDeps, Moved, Underway } from './deps.ts';

/**
 * Takes a planned drill back that would make the drills of its month cost more than they may; returns undefined where it may go on.
 * SAFETY: two runs at once count before either has written its plan, so all plans are counted once more before AWS is asked for anything. Both may be
 * taken back; a later run plans again.
 */
export const withdrawOverCap = async (deps: DrillDeps, state: Underway): Promise<Moved | undefined> => {
  const { current, ...rest } = state;
  const { askedAt, plannedAt, policy, usd } = current;
  if (usd === 0 || askedAt !== undefined) return undefined;
  const others = (await deps.states.list()).filter(({ table }) => table !== state.table);
  const spentUsd = spentInMonth([...others, rest], plannedAt);
  const capUsd = deps.policies.drillCapUsd ?? 0;
  if (spentUsd + usd <= capUsd) return undefined;
  const now = deps.clock.now();
  const refused: DrillRefusal = { policy, reason: 'cap', since: now, at: now, usd, spentUsd, capUsd };
  return { state: await deps.states.save({ ...rest, refused }), isOn: false };
};
