import type { Chosen } from '../../core/restore/choice.ts';
import {
  type KeyWarning,
  keysOfSource,
  keyWarnings,
  mayNeedKey,
  refusedByKey,
} from '../../core/restore/source-keys.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { Deps } from '../deps.ts';

/**
 * Asks, before anything starts, whether the keys that a source is read with can be used. Returns what a person should know of them. Throws a `UserError`
 * where the key cannot be used for sure. Asks nothing where nothing says that there is a customer's key.
 */
export const checkKeys = async (
  { keyFacts }: Pick<Deps, 'keyFacts'>,
  { source }: Pick<Chosen, 'source'>,
  manifests: readonly Manifest[],
): Promise<readonly KeyWarning[]> => {
  if (keyFacts === undefined || !mayNeedKey({ manifests }, source)) return [];
  const heads = await keyFacts.readHeads().catch(() => []);
  const needed = keysOfSource(source, { heads, manifests });
  const asked = await keyFacts.readKeys(needed.keys);
  const refusal = refusedByKey(source, asked, needed);
  if (refusal !== undefined) throw refusal;
  return keyWarnings(asked, source);
};
