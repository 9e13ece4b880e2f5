import { asKnown, stillOpen } from '../protection/known-deletion.ts';
import { isSeenWhole } from '../scene/reach.ts';
import type { ObservedKind } from './kind.ts';
import { tableReplaced as findingOf } from './table-replaced-finding.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'table-replaced': true;
  }
}

/**
 * Finds governed tables that were deleted and recreated under their names, with what is left of their items. Reported
 * ones stay open as information for 35 days, as long as the table exists.
 */
export const tableReplaced: ObservedKind<'table-replaced'> = {
  kind: 'table-replaced',
  title: 'table deleted and made again',
  titleNamesTable: true,
  footingOf: () => 'withdrawn',
  facets: ['table-names', 'tags'],
  findsFrom: ['tags', 'table-names'],
  find: (context) => {
    const { memory, now, observation, openFindings, policies, replacedTables } = context;
    if (!isSeenWhole(observation, 'table-names', 'tags')) return [];
    const names = new Set([
      ...(observation.tableNames ?? []),
      ...context.governed.filter(({ table }) => table.details !== undefined).map(({ table }) => table.name),
    ]);
    const recreated = new Set(replacedTables.map(({ name }) => name));
    const known = openFindings
      .filter((open) => open.kind === 'table-replaced' && stillOpen(open, now))
      .filter(({ table = '' }) => names.has(table) && !recreated.has(table))
      .map(asKnown);
    const scope = { target: observation.target, now, memory, policies };
    return [...known, ...replacedTables.map((table) => findingOf(table, openFindings, scope))];
  },
};
