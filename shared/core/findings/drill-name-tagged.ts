import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { DRILL_PREFIX, isDrillName } from '../../model/passing-table.ts';
import type { TaggedTable } from '../../model/table.ts';
import { govern } from '../policy/govern.ts';
import { describeTableCommand } from '../text/commands.ts';
import { counted, listed, verb } from '../text/words.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
import { addedText, subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'drill-name-tagged': true;
  }
}

/** What a drill makes has the value that opts out. */
const asksForBackups =
  ({ policies }: CheckContext) =>
  ({ name, tags }: TaggedTable): boolean => {
    const value = tags[policies.tag];
    return isDrillName(name) && value !== undefined && !govern(policies, value).optedOut;
  };

/** What is known of it wherever it is open. */
export const drillNameTagged: KindTraits<'drill-name-tagged'> = {
  kind: 'drill-name-tagged',
  title: 'tagged table has the name of a drill',
  facets: ['tags', 'table-names'],
};

/** Finds tables that a person tagged for backups and that have none, because their names are those of tables of drills. */
export const drillNameTaggedFinder: Finder<'drill-name-tagged'> = {
  kind: 'drill-name-tagged',
  findsFrom: ['tags', 'table-names'],
  occasion: 'drill-names',
  find: (context) => {
    const { now, observation, openFindings } = context;
    const names = observation.tables.filter(asksForBackups(context)).map(({ name }) => name);
    const [first] = names;
    if (first === undefined) return [];
    const id = findingId('drill-name-tagged');
    const { subjects, added } = subjectsOf(names, id, openFindings);
    return [
      {
        id,
        kind: 'drill-name-tagged',
        severity: 'warning',
        fact: `${counted(names.length, 'table')} ${verb(names.length, 'is', 'are')} tagged for backups and ${verb(names.length, 'gets', 'get')} none: a name that begins with ${DRILL_PREFIX} is one of a drill, which deletes its tables. ${listed(names)}.${addedText(added, 'table')}`,
        measured: `${names.length} not backed up`,
        promised: 'backups of every tagged table',
        since: now,
        advice: advise(
          'Look at each. Restore what is needed to another name; set the tag of the rest to none:',
          describeTableCommand(first, observation.target),
        ),
        subjects,
      },
    ];
  },
};
