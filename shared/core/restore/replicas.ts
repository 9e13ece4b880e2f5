import type { Instant } from '../../model/instant.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { ReplicaSettings } from '../../model/table-settings.ts';

/** A table of a name that was seen in another Region. */
export interface StandingTable {
  readonly region: string;
  readonly createdAt: Instant;
}

/** What can be said of a table that is gone here and was part of a global table. */
export interface FormerReplica {
  /** Regions in which the global table still stands, sorted. */
  readonly standsIn: readonly string[];
  /** What the replica was encrypted with, where that was a key of the account. */
  readonly keyArn?: string;
  /** With strong consistency no replica can be added to it while it has items. */
  readonly isStrong?: true;
}

/** Names the Regions in which settings know replicas, besides one. */
export const replicaRegions = (
  replicas: readonly ReplicaSettings[] | undefined,
  own: string,
): readonly string[] => (replicas ?? []).map(({ region }) => region).filter((region) => region !== own);

/**
 * Says where a table still stands of which another Region's was a replica, as far as its manifest knows; undefined where it stands nowhere. One that
 * was made after the manifest is another table.
 */
export const formerReplica = (
  { capturedAt, settings }: Pick<Manifest, 'capturedAt' | 'settings'>,
  seen: readonly StandingTable[],
): FormerReplica | undefined => {
  const known = new Set(settings.replicas?.map(({ region }) => region));
  const standsIn = seen
    .filter(({ createdAt, region }) => known.has(region) && createdAt <= capturedAt)
    .map(({ region }) => region)
    .toSorted();
  if (standsIn.length === 0) return undefined;
  const encryption = settings.shape?.encryption;
  return {
    standsIn,
    ...(encryption?.kind === 'kms' && encryption.isAwsManaged !== true && { keyArn: encryption.keyArn }),
    ...(settings.shape?.strongConsistency !== undefined && { isStrong: true }),
  };
};
