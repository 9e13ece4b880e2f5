import type { Manifest } from '../../model/manifest.ts';
import type { RestoreSource } from '../../model/restore.ts';

/** The manifest whose settings are put back. `later`: none is known of that second, and this is the first one after it. */
export interface ManifestUse {
  readonly manifest: Manifest;
  readonly of: 'that-second' | 'later';
}

/**
 * Finds the manifest of a source: the newest at or before its second, else the first after it. Undefined where none is known.
 * SAFETY: only one of the same incarnation; settings of another table that had the name are not those that were lost.
 */
export const manifestFor = (
  manifests: readonly Manifest[],
  source: RestoreSource,
): ManifestUse | undefined => {
  const second = source.kind === 'point-in-time' ? source.second : source.createdAt;
  const own = manifests
    .filter(({ table, tableId }) => table === source.table && tableId === source.tableId)
    .toSorted((a, b) => a.capturedAt - b.capturedAt);
  const before = own.findLast(({ capturedAt }) => capturedAt <= second);
  if (before !== undefined) return { manifest: before, of: 'that-second' };
  const [after] = own;
  return after === undefined ? undefined : { manifest: after, of: 'later' };
};
