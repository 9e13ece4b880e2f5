import type { Policies, Policy } from '../../model/policy.ts';
import type { TaggedTable } from '../../model/table.ts';
import { govern } from '../policy/govern.ts';

/** A tagged table and what its tag says. */
export interface GovernedTable {
  readonly table: TaggedTable;
  /** The policies that govern it, sorted by name; empty when it opted out or names none that exist. */
  readonly policies: readonly Policy[];
  /** Names in the tag that no policy has, as they stand there; the empty text for an empty tag. */
  readonly unknownNames: readonly string[];
  /** The tag says `none` and nothing else. */
  readonly optedOut: boolean;
  /** Policies that the tag gives up one by one: `standard+offsite=none`; absent where it gives up none. */
  readonly optedOutOf?: readonly string[];
  /** One sentence for each name in the tag. */
  readonly reasons: readonly string[];
}

/**
 * Given the policies and the tagged tables, returns each with what governs it, sorted by name. At the edge a table that is listed twice
 * counts once, and one without the tag not at all.
 */
export const governedTables = (
  policies: Policies,
  tables: readonly TaggedTable[],
): readonly GovernedTable[] => {
  const byName = new Map(tables.map((table) => [table.name, table]));
  return [...byName.values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((table) => {
      const tagValue = table.tags[policies.tag];
      return tagValue === undefined ? [] : [{ table, ...govern(policies, tagValue) }];
    });
};
