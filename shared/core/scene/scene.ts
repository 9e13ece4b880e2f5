import type { ListReach } from './due.ts';
import { listReach } from './due.ts';
import type { GovernedTable } from './governed.ts';
import { governedTables } from './governed.ts';
import type { ConfirmInput, PlanInput } from './input.ts';
import { type OwnPoints, ownPoints } from './own-points.ts';
import { type Regimes, regimesOf } from './regimes.ts';
import type { Stream } from './stream.ts';
import { streamsOf } from './streams.ts';

/** The observation in the order that decisions need: by table, by policy, ours apart from others'. */
export interface Scene {
  readonly governed: readonly GovernedTable[];
  readonly own: ReadonlyMap<string, OwnPoints>;
  readonly streams: readonly Stream[];
  readonly reach: ListReach;
  readonly regimes: Regimes;
}

/**
 * Builds the scene of what a plan is decided from. Tables that opted out are in it, and have no streams. SAFETY: nothing expires of a table of
 * which a finding is open whose kind is in `stoppingExpiry`.
 */
export const sceneOf = (
  input: ConfirmInput & Pick<PlanInput, 'eventTime'>,
  stoppingExpiry: ReadonlySet<string>,
): Scene => {
  const governed = governedTables(input.policies, input.observation.tables);
  const own = ownPoints(input.observation.recoveryPoints, input.instance);
  const regimes = regimesOf(input.memory, input.policies, input.now);
  const streams = streamsOf(input, governed, own, regimes, stoppingExpiry);
  return { governed, own, streams, reach: listReach(input.observation), regimes };
};
