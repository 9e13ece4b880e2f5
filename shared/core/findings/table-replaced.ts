import { type Advice, advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { asKnown, stillOpen } from '../protection/known-deletion.ts';
import type { ReplacedTable } from '../protection/replacements.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { listSystemBackupsCommand, restoreTableCommand, whoChangedCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import type { ObservedKind } from './kind.ts';
import { subjectsOf } from './subjects.ts';
import {
  copiesText,
  type DeletionScope,
  leftOf,
  pointsText,
  systemText,
  vaultLossText,
} from './table-deleted-finding.ts';

/** The part of a table name that is kept, because a name has at most 255 characters. */
const NAME_CHARS = 240;

const adviceOf = (table: ReplacedTable, best: string | undefined, { target }: DeletionScope): Advice => {
  const { name, systemGap } = table;
  const commands = [
    ...(best === undefined ? [] : [restoreTableCommand(`${name.slice(0, NAME_CHARS)}-former`, best, target)]),
    ...(systemGap === undefined ? [] : [listSystemBackupsCommand(name, target)]),
    whoChangedCommand(name, target),
  ];
  return best === undefined
    ? advise('Nothing is left to restore its items from. See who replaced it:', ...commands)
    : advise(
        'If nobody meant it, restore the former table under another name, bring its items over, and see who replaced it:',
        ...commands,
      );
};

/**
 * Builds the finding of a table that was deleted and recreated under its name: what is left of its items, and until
 * when. A warning; critical when nothing is left of them.
 */
const replacedFinding = (
  table: ReplacedTable,
  openFindings: readonly OpenFinding[],
  scope: DeletionScope,
): Finding => {
  const { details, formerId = '', name, systemGap } = table;
  const { available, best } = leftOf(table, scope.now);
  const id = findingId('table-replaced', name);
  return {
    id,
    kind: 'table-replaced',
    severity: best === undefined && systemGap === undefined ? 'critical' : 'warning',
    table: name,
    fact:
      `${name}, which a policy keeps, was deleted and made again at ${utcText(details.createdAt)}: the items of the former table are not in it, unless they were restored. ` +
      `${pointsText(available, table)}${vaultLossText(table)}${copiesText(table)} ${systemText(table, scope.now)}`,
    measured: 'deleted and made again',
    promised: 'kept recoverable',
    since: details.createdAt,
    ...advisedFor(table.name, (name) => adviceOf({ ...table, name }, best, scope), best),
    subjects: subjectsOf([formerId], id, openFindings).subjects,
  };
};

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
    return [...known, ...replacedTables.map((table) => replacedFinding(table, openFindings, scope))];
  },
};
