import type { Chosen } from '../../core/restore/choice.ts';
import type { ManifestUse } from '../../core/restore/manifest-for.ts';
import { formerReplica, replicaRegions, type SeenElsewhere } from '../../core/restore/replicas.ts';
import { homeOf } from '../../core/restore/vault-terms.ts';
import type { FormerReplica } from '../../model/former-replica.ts';
import type { ReplicaSettings } from '../../model/table-settings.ts';
import type { RestoreDeps } from './deps.ts';

/**
 * Looks for tables of a name in the Regions of replicas, besides one. What cannot be read there is left out: making the replica says why it cannot be
 * made.
 */
export const lookElsewhere = async (
  { lookIn }: Pick<RestoreDeps, 'lookIn'>,
  table: string,
  replicas: readonly ReplicaSettings[] | undefined,
  own: string,
): Promise<readonly SeenElsewhere[]> => {
  const looked = await Promise.all(
    replicaRegions(replicas, own).map(async (region) => ({ region, there: await lookIn(region, table) })),
  );
  return looked.flatMap(({ region, there }) =>
    there.kind === 'found' ? [{ region, createdAt: there.value.createdAt }] : [],
  );
};

/** Whether the name is that of a table that stood where it is restored, and stands there no more. */
const isGoneHere = ({ view, source }: Chosen, targetRegion: string): boolean =>
  targetRegion === view.target.region &&
  homeOf(source, view.target).region === targetRegion &&
  !view.unseen.some(({ part }) => part === 'table') &&
  view.incarnations.every(({ state }) => state !== 'standing');

/** Looks whether a table that is gone was a replica of one that still stands elsewhere; undefined where it was not, or nobody kept its settings. */
export const formerReplicaOf = async (
  deps: Pick<RestoreDeps, 'lookIn'>,
  choice: Chosen,
  manifest: ManifestUse | undefined,
  targetRegion: string,
): Promise<FormerReplica | undefined> => {
  if (manifest === undefined || !isGoneHere(choice, targetRegion)) return undefined;
  const { replicas } = manifest.manifest.settings;
  const seen = await lookElsewhere(deps, choice.source.table, replicas, targetRegion);
  return formerReplica(manifest.manifest, seen);
};
