import { asKnown, stillOpen } from '../protection/known-deletion.ts';
import { isSeenWhole } from '../scene/seen.ts';
import type { Check } from './check.ts';
import { tableReplaced as findingOf } from './table-replaced-finding.ts';

/**
 * Finds governed tables that were deleted and made again under their names, with what is left of their items, and keeps open, as information, those that people know of for
 * 35 days, as long as the table is there.
 */
export const tableReplaced: Check = {
  kind: 'table-replaced',
  facets: ['table-names', 'tags'],
  find: (context) => {
    const { memory, now, observation, openFindings, policies, replacedTables } = context;
    if (!isSeenWhole(observation, 'table-names', 'tags')) return [];
    const names = new Set([
      ...(observation.tableNames ?? []),
      ...context.governed.filter(({ table }) => table.details !== undefined).map(({ table }) => table.name),
    ]);
    const anew = new Set(replacedTables.map(({ name }) => name));
    const known = openFindings
      .filter((open) => open.kind === 'table-replaced' && stillOpen(open, now))
      .filter(({ table = '' }) => names.has(table) && !anew.has(table))
      .map(asKnown);
    const scope = { target: observation.target, now, memory, policies };
    return [...known, ...replacedTables.map((table) => findingOf(table, openFindings, scope))];
  },
};
