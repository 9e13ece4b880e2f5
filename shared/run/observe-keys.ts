import { keysToAsk, tableKeysOf } from '../core/scene/table-keys.ts';
import { thrownFailure } from '../model/failure.ts';
import type { ManifestHead } from '../model/manifest.ts';
import type { Gap, Observation } from '../model/observation.ts';
import type { Question } from './look-closer.ts';
import type { ObserveDeps } from './observe-parts.ts';

/** Of whole targets only. Without memory there is no state table to read, which is reported as such. */
const asksAboutKeys = ({ keyFacts }: ObserveDeps, { gaps, mode, scope }: Question): boolean =>
  keyFacts !== undefined && mode === 'audit' && scope === undefined && gaps.length === 0;

type Heads = { readonly heads: readonly ManifestHead[] } | { readonly gap: Gap } | undefined;

/** Reads what audits kept of tables; undefined where this run does not ask. */
export const readHeads = async (sources: ObserveDeps, question: Question): Promise<Heads> => {
  const { keyFacts } = sources;
  if (keyFacts === undefined || !asksAboutKeys(sources, question)) return undefined;
  try {
    return { heads: await keyFacts.readHeads() };
  } catch (error) {
    return { gap: { facet: 'table-keys', failure: thrownFailure(error) } };
  }
};

/** Adds which keys recovery points need, and how these stand: one call for each key, and none where no table ever had one of a customer. */
export const withKeyFacts = async (
  { instance, keyFacts }: ObserveDeps,
  read: Heads,
  observation: Observation,
): Promise<Observation> => {
  if (read === undefined || keyFacts === undefined) return observation;
  const facets = [...observation.facets, 'table-keys' as const];
  if ('gap' in read) return { ...observation, facets, gaps: [...observation.gaps, read.gap] };
  const tables = tableKeysOf(read.heads, observation);
  const keys = await keyFacts.readKeys(keysToAsk(tables, observation, instance));
  return { ...observation, facets, keyFacts: { tables, keys } };
};
