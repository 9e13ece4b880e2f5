import type { OpenFinding } from '../../model/memory.ts';
import { hasEndedByRule } from '../protection/gone-memory.ts';
import { asKnown, stillOpen } from '../protection/known-deletion.ts';
import { isSeenWhole } from '../scene/reach.ts';
import type { CheckContext } from './context.ts';
import type { Footing, FootingScene } from './footing-scene.ts';
import type { Finder, KindTraits } from './kind.ts';
import { tablesDeleted, tablesEmptied } from './table-deleted-finding.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'table-deleted': true;
  }
}

const isGone = (table: string | undefined, { governed, observation }: CheckContext): boolean => {
  if (table === undefined) return false;
  const details = governed.find((one) => one.table.name === table)?.table.details;
  return details?.status === 'DELETING' || !(observation.tableNames ?? []).includes(table);
};

/**
 * Withdraws the finding when the table is back but unprotected, which is reported as such, or stays away, where the
 * finding itself decides how long it lasts.
 */
const footingOf = ({ table = '' }: OpenFinding, { existing, isLost }: FootingScene): Footing =>
  existing.has(table) && !isLost(table) ? 'looked-at' : 'withdrawn';

/** What is known of it wherever it is open. */
export const tableDeleted: KindTraits<'table-deleted'> = {
  kind: 'table-deleted',
  title: 'table deleted',
  titleNamesTable: true,
  neverMuted: true,
  footingOf,
  facets: ['table-names', 'tags'],
};

/**
 * Finds deleted tables that a policy kept, with what is left of them. Reported ones stay open as information, because
 * no list shows them. One whose last recovery points go as well is reported again. One ends after 35 days, or as soon
 * as a table of that name exists again or Tablekeeper deleted what was left of it by `afterDeletion`; a list of names with a gap proves neither.
 */
export const tableDeletedFinder: Finder<'table-deleted'> = {
  kind: 'table-deleted',
  findsFrom: ['tags', 'table-names'],
  occasion: 'lost-tables',
  find: (context) => {
    const { gone, lostTables, memory, now, observation, openFindings } = context;
    if (!isSeenWhole(observation, 'table-names', 'tags')) return [];
    const { keyFacts, target } = observation;
    const known = openFindings
      .filter((open) => open.kind === 'table-deleted' && stillOpen(open, now))
      .filter(({ table }) => isGone(table, context))
      .filter(({ table = '' }) => !hasEndedByRule(gone, table))
      .map(asKnown);
    const scope = { target, now, memory, policies: context.policies, keyFacts };
    const emptied = tablesEmptied(context.emptiedTables, openFindings, scope);
    const told = new Set(emptied.map(({ id }) => id));
    return [
      ...known.filter(({ id }) => !told.has(id)),
      ...emptied,
      ...tablesDeleted(lostTables, openFindings, scope),
    ];
  },
};
