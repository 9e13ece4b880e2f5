import pMap from 'p-map';
import { spansOfVersions } from '../core/scene/key-spans.ts';
import { messageOf } from '../model/errors.ts';
import type { Instant } from '../model/instant.ts';
import type { ManifestHead } from '../model/manifest.ts';
import type { Log } from '../ports/log.ts';
import type { ManifestStore } from '../ports/restore.ts';
import type { Clock } from '../ports/time.ts';

/** What older state is filled in with. */
interface Filling {
  readonly parts: {
    readonly clock: Clock;
    readonly log: Log;
    readonly manifests: Pick<ManifestStore, 'noteKeys' | 'readOf'>;
  };
  readonly heads: readonly ManifestHead[];
}

/** A call for each, once: the rest waits for the next audit, which leaves most of the time to what is due. */
const MOST_AT_ONCE = 500;

const CONCURRENT_READS = 10;

/**
 * Fills in which keys tables stood under, of which an older version kept the settings and not that. Returns all heads; those whose turn did not come, or
 * whose versions cannot be read, as they were.
 */
export const withKeys = async (
  { heads, parts }: Filling,
  until: Instant,
): Promise<readonly ManifestHead[]> => {
  const { clock, log, manifests } = parts;
  const lacking = heads.filter(({ keys }) => keys === undefined).slice(0, MOST_AT_ONCE);
  if (lacking.length === 0) return heads;
  const fill = async (head: ManifestHead): Promise<ManifestHead> => {
    if (clock.now() >= until) return head;
    try {
      const versions = await manifests.readOf(head.table);
      return { ...head, keys: spansOfVersions(versions.filter(({ tableId }) => tableId === head.tableId)) };
    } catch (error) {
      log.warn('which keys a table had could not be read', { table: head.table, reason: messageOf(error) });
      return head;
    }
  };
  const tried = await pMap(lacking, fill, { concurrency: CONCURRENT_READS });
  const filled = tried.filter(({ keys }) => keys !== undefined);
  if (filled.length > 0) await manifests.noteKeys(filled);
  const known = new Map(filled.map((head) => [`${head.table}#${head.tableId}`, head]));
  return heads.map((head) => known.get(`${head.table}#${head.tableId}`) ?? head);
};
