import type { Chosen, NameView } from '../../core/restore/choice.ts';
import {
  type KeyWarning,
  keysOfSource,
  keysOfView,
  keyWarnings,
  mayNeedKey,
  refusedByKey,
  withLocks,
} from '../../core/restore/source-keys.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { Deps } from '../deps.ts';
import type { SeenName } from './view-name.ts';

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

/** Asks how the keys stand that anything needs which a name has. Calls nothing where nothing says that there is a customer's key. */
export const withKeysAsked = async (
  { keyFacts }: Pick<Deps, 'keyFacts'>,
  { manifests, view }: SeenName,
): Promise<NameView> => {
  const known = { manifests, heads: [] };
  if (keyFacts === undefined || keysOfView(view, known).length === 0) return withLocks(view, known, []);
  const kept = { manifests, heads: await keyFacts.readHeads().catch(() => []) };
  return withLocks(view, kept, await keyFacts.readKeys(keysOfView(view, kept)));
};
