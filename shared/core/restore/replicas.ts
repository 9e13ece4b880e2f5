import type { FormerReplica } from '../../model/former-replica.ts';
import type { Instant } from '../../model/instant.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { ReplicaSettings } from '../../model/table-settings.ts';
import { customerKeyOf } from '../scene/key-spans.ts';

/** What was seen under a name in another Region: a table, or nothing that could be read. */
export type SeenElsewhere =
  | { readonly region: string; readonly createdAt: Instant }
  | { readonly region: string; readonly isUnread: true };

/** Names the Regions in which settings know replicas, besides one. */
export const replicaRegions = (
  replicas: readonly ReplicaSettings[] | undefined,
  own: string,
): readonly string[] => (replicas ?? []).map(({ region }) => region).filter((region) => region !== own);

const regionsOf = (seen: readonly SeenElsewhere[]): readonly string[] =>
  seen.map(({ region }) => region).toSorted();

/**
 * Says where the global table of a table that is gone still stands, as far as its manifest knows; undefined where it stands nowhere. A table that was
 * made after the manifest is another one.
 */
export const formerReplica = (
  { capturedAt, settings, table }: Pick<Manifest, 'capturedAt' | 'settings' | 'table'>,
  seen: readonly SeenElsewhere[],
): FormerReplica | undefined => {
  const standing = seen.filter((one) => 'createdAt' in one && one.createdAt <= capturedAt);
  const unseen = seen.filter((one) => 'isUnread' in one);
  if (standing.length + unseen.length === 0) return undefined;
  const encryption = settings.shape?.encryption;
  return {
    table,
    keptAt: capturedAt,
    standsIn: regionsOf(standing),
    unseenIn: regionsOf(unseen),
    ...(encryption !== undefined && customerKeyOf(encryption)),
    ...(settings.shape?.strongConsistency !== undefined && { isStrong: true }),
  };
};
