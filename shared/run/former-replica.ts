import { formerReplica, replicaRegions, type SeenElsewhere } from '../core/restore/replicas.ts';
import type { FormerReplica } from '../model/former-replica.ts';
import type { TableDetails } from '../model/table.ts';
import type { Reading } from '../ports/inventory.ts';
import type { ManifestStore } from '../ports/restore.ts';

/** What looking for the global table of a lost one works with. */
export interface FormerReplicaDeps {
  readonly region: string;
  readonly manifests: Pick<ManifestStore, 'readOf'>;
  /** Looks at a table of another Region; absent where the run may not. */
  readonly lookIn?: (region: string, table: string) => Promise<Reading<Pick<TableDetails, 'createdAt'>>>;
}

const seenIn = async (
  { lookIn }: FormerReplicaDeps,
  table: string,
  region: string,
): Promise<readonly SeenElsewhere[]> => {
  const there = await lookIn?.(region, table);
  if (there?.kind === 'found') return [{ region, createdAt: there.value.createdAt }];
  return there?.kind === 'missing' ? [] : [{ region, isUnread: true }];
};

/**
 * Finds where the global table still stands that a lost table was a replica of, by the newest settings that were kept of it; `presentId`: the table
 * that has its name now, where there is one. Undefined where it was none, or nothing of it stands.
 */
export const readFormerReplica = async (
  deps: FormerReplicaDeps,
  table: string,
  presentId?: string,
): Promise<FormerReplica | undefined> => {
  const versions = await deps.manifests.readOf(table);
  const newest = versions.filter(({ tableId }) => tableId !== presentId).at(-1);
  if (newest === undefined) return undefined;
  const regions = replicaRegions(newest.settings.replicas, deps.region);
  const seen = await Promise.all(regions.map((region) => seenIn(deps, table, region)));
  return formerReplica(newest, seen.flat());
};
