import type { Instant } from '../../model/instant.ts';
import { missingVaults } from '../scene/missing-vaults.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { vaultEnds } from '../scene/vault-ends.ts';
import {
  type DeletionInput,
  existingIn,
  isRetried,
  keepingPolicies,
  type LostTable,
  replicaOf,
  systemBackupsOf,
} from './deletions.ts';

/** The ends that are remembered of what was in vaults that are there; undefined where something had none. */
const rememberedEnds = (
  name: string,
  { memory, observation, policies: { policies } }: DeletionInput,
): readonly Instant[] | undefined => {
  const records = memory.vaultRecords ?? [];
  const ends = vaultEnds(name, { policies, records, missing: missingVaults(observation) });
  const known = ends.filter((end) => end !== undefined);
  return known.length === 0 || known.length < ends.length ? undefined : known;
};

/** Whether what is gone is gone as it was announced, or as its ends say. */
const endedBy = (name: string, input: DeletionInput): Pick<LostTable, 'endedAt'> => {
  const announced = input.openFindings.find(
    ({ kind, table }) => kind === 'lost-table-ending' && table === name,
  )?.until;
  const endedAt = announced ?? Math.max(...(rememberedEnds(name, input) ?? [Number.POSITIVE_INFINITY]));
  return endedAt <= input.now ? { endedAt } : {};
};

/**
 * Lists the tables named in `unaware`, whose deletion was reported, that have no recovery point
 * left, here or in a copy, sorted by name. Empty if names, tags or recovery points were not read completely.
 */
export const emptiedTables = (input: DeletionInput, unaware: readonly string[]): readonly LostTable[] => {
  const { observation } = input;
  if (unaware.length === 0 || !isSeenWhole(observation, 'tags', 'table-names', 'recovery-points')) return [];
  const existing = existingIn(input);
  const left = new Set(
    [...input.own, ...input.copies]
      .filter(({ points }) => points.some(({ recoveryPoint }) => recoveryPoint.status === 'available'))
      .map(({ table }) => table),
  );
  const protections = new Map(input.memory.protections?.map((one) => [one.table, one]));
  return [...new Set(unaware)]
    .filter((name) => !existing.has(name) && !left.has(name))
    .toSorted()
    .map((name) => ({
      name,
      wasGoverned: true,
      points: [],
      policies: keepingPolicies(protections.get(name), []),
      ...systemBackupsOf(observation, name),
      ...endedBy(name, input),
      ...replicaOf(observation, name),
    }))
    .filter((one) => !isRetried(observation, one));
};
