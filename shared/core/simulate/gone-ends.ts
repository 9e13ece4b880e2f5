import type { Instant } from '../../model/instant.ts';
import { endingPoints } from '../retention/gone-points.ts';
import { endingNames, standingOf } from '../retention/gone-tables.ts';
import type { PlanInput, Scene } from '../scene/scene.ts';

/** From when on recovery points of deleted tables go, by id. */
export type GoneEnds = ReadonlyMap<string, Instant>;

/** What is looked at for it. */
export interface GoneEndInput extends Pick<PlanInput, 'memory' | 'policies'> {
  readonly scene: Pick<Scene, 'own'> & Partial<Pick<Scene, 'regimes'>>;
  readonly now: Instant;
}

/** Lists from when on `afterDeletion` deletes what is left of deleted tables. What waits for its turn is taken to go as soon as it may. */
export const goneEndsOf = ({ memory, now, policies, scene }: GoneEndInput): GoneEnds => {
  const live = (memory.goneTables ?? []).filter(({ endedAt }) => endedAt === undefined);
  if (live.length === 0) return new Map();
  const byTable = Map.groupBy(scene.own.values(), ({ table }) => table);
  const scope = { policies, regimes: scene.regimes ?? new Map(), now };
  return new Map(
    live.flatMap((gone) => {
      const standing = standingOf(gone, { memory, now, policies });
      if (!('at' in standing) || endingNames(gone, policies).length === 0) return [];
      const at = Math.max(standing.at, now);
      return endingPoints(byTable.get(gone.goneTable) ?? [], gone, scope).map(
        ({ recoveryPoint }) => [recoveryPoint.id, at] as const,
      );
    }),
  );
};
