import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { isPassingTable } from '../../model/passing-table.ts';
import { OPT_OUT } from '../policy/govern.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { tagTableCommand } from '../text/commands.ts';
import { counted, listed, verb } from '../text/words.ts';
import type { Finder, KindTraits } from './kind.ts';
import { addedText, subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'untagged-tables': true;
  }
}

/** What is known of it wherever it is open. */
export const untaggedTables: KindTraits<'untagged-tables'> = {
  kind: 'untagged-tables',
  title: 'untagged tables',
  facets: ['tags', 'table-names'],
};

/**
 * Finds the tables without the policy tag, all in one finding that is reported again when there are more, because a new
 * table is easily forgotten. Only two complete lists prove it, and the tables of AWS Backup's restore tests do not
 * count.
 */
export const untaggedTablesFinder: Finder<'untagged-tables'> = {
  kind: 'untagged-tables',
  findsFrom: ['tags', 'table-names'],
  find: ({ observation, openFindings, policies, now }) => {
    if (!isSeenWhole(observation, 'tags', 'table-names')) return [];
    const tagged = new Set(observation.tables.map(({ name }) => name));
    const all = (observation.tableNames ?? []).filter((name) => !isPassingTable(name));
    const untagged = all.filter((name) => !tagged.has(name));
    if (untagged.length === 0) return [];
    const id = findingId('untagged-tables');
    const { subjects, added } = subjectsOf(untagged, id, openFindings);
    const finding = {
      id,
      kind: 'untagged-tables' as const,
      severity: 'info' as const,
      fact: `${counted(untagged.length, 'table')} of ${all.length.toLocaleString('en-US')} ${verb(untagged.length, 'is', 'are')} without the tag ${policies.tag}: ${listed(untagged)}.${addedText(added, 'table')}`,
      measured: `${untagged.length} without a tag`,
      promised: 'every table says what it needs',
      since: now,
      advice: advise(
        `Tag each with a policy, or with "${OPT_OUT}" if it needs no backup:`,
        tagTableCommand('TABLE', policies.tag, observation.target),
      ),
      subjects,
    };
    return [finding];
  },
};
