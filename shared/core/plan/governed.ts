import type { Policies } from '../../model/policy.ts';
import type { TaggedTable } from '../../model/table.ts';
import type { GovernedTable } from '../checks/context.ts';
import { govern } from '../policy/govern.ts';

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
