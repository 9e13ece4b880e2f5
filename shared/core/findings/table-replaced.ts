import { type Advice, advise, followedBy, stepsOf } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { asKnown, stillOpen } from '../protection/known-deletion.ts';
import type { ReplacedTable } from '../protection/replacements.ts';
import { isSeenWhole } from '../scene/reach.ts';
import {
  describeTableCommand,
  listSystemBackupsCommand,
  restoreTableCommand,
  whoChangedCommand,
} from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { listed } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import { formerName } from './former-name.ts';
import type { Finder, KindTraits } from './kind.ts';
import {
  copiesText,
  type DeletionScope,
  leftOf,
  pointsText,
  systemText,
  vaultLossText,
} from './lost-table-text.ts';
import { refilledFrom } from './replica-text.ts';
import { subjectsOf } from './subjects.ts';

/** What replication brings is newer than what was lost. */
const replicaAdvice = (table: ReplacedTable, { target }: DeletionScope): Advice =>
  advise(
    'Bring nothing over from a recovery point: an older item would be written in every Region. See who made it again:',
    whoChangedCommand(table.name, target),
  );

const restoreAdvice = (table: ReplacedTable, best: string | undefined, { target }: DeletionScope): Advice => {
  const { name, systemGap } = table;
  const commands = [
    ...(best === undefined ? [] : [restoreTableCommand(formerName(name), best, target)]),
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

const adviceOf = (table: ReplacedTable, best: string | undefined, scope: DeletionScope): Advice => {
  const refilled = refilledFrom(table.replica, table.details);
  const [first] = refilled?.regions ?? [];
  if (refilled === undefined || first === undefined) return restoreAdvice(table, best, scope);
  if (refilled.isSure) return replicaAdvice(table, scope);
  return followedBy(
    advise(
      `See when the table in ${first} was made. If that was before this one, replication brings its items, and nothing is to be brought over:`,
      describeTableCommand(table.name, { ...scope.target, region: first }),
    ),
    ...stepsOf(restoreAdvice(table, best, scope)),
  );
};

const NOT_IN_IT = 'the items of the former table are not in it, unless they were restored';

const becameText = ({ details, replica }: ReplacedTable): string => {
  const made = `was deleted and made again at ${utcText(details.createdAt)}`;
  const refilled = refilledFrom(replica, details);
  if (refilled === undefined) return `${made}: ${NOT_IN_IT}.`;
  const regions = listed(refilled.regions);
  return refilled.isSure
    ? `${made} as a replica of the table in ${regions}, which replication fills it from.`
    : `${made}, in a global table with ${regions}: unless it is a replica of the older table there, ${NOT_IN_IT}.`;
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
  const isRefilled = refilledFrom(table.replica, details)?.isSure === true;
  return {
    id,
    kind: 'table-replaced',
    severity: best === undefined && systemGap === undefined && !isRefilled ? 'critical' : 'warning',
    table: name,
    fact:
      `${name}, which a policy keeps, ${becameText(table)} ` +
      `${pointsText(available, table)}${vaultLossText(table)}${copiesText(table)} ${systemText(table, scope)}`,
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

/** What is known of it wherever it is open. */
export const tableReplaced: KindTraits<'table-replaced'> = {
  kind: 'table-replaced',
  title: 'table deleted and made again',
  titleNamesTable: true,
  footingOf: () => 'withdrawn',
  facets: ['table-names', 'tags'],
};

/**
 * Finds governed tables that were deleted and recreated under their names, with what is left of their items. Reported
 * ones stay open as information for 35 days, as long as the table exists.
 */
export const tableReplacedFinder: Finder<'table-replaced'> = {
  kind: 'table-replaced',
  findsFrom: ['tags', 'table-names'],
  occasion: 'replaced-tables',
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
    const { keyFacts, target } = observation;
    const scope = { target, now, memory, policies, keyFacts };
    return [...known, ...replacedTables.map((table) => replacedFinding(table, openFindings, scope))];
  },
};
