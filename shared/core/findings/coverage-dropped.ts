import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { OPT_OUT } from '../policy/govern.ts';
import { coverageOf } from '../scene/governed.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { tagTableCommand } from '../text/commands.ts';
import { counted, verb } from '../text/words.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
import { neverOptedIn } from './waiting-for-first-table.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'coverage-dropped': true;
  }
}

/** Losing more than half is more than cleaning up a table or two. */
const MIN_SHARE = 0.5;

/** In small targets, half is easily lost on purpose. */
const MIN_LOSS = 5;

/**
 * Counts tables that a policy governed and that did not opt out, without those reported as deleted. If none are
 * remembered yet, it is the number that opted in at the last run.
 */
const owedTables = ({
  governed,
  lostTables,
  memory: { coverage, protections },
  openFindings,
}: CheckContext): number => {
  if (protections === undefined) return coverage?.tables ?? 0;
  const deleted = openFindings.filter(({ kind }) => kind === 'table-deleted').map(({ table }) => table);
  const optedOut = governed.filter((one) => one.optedOut).map(({ table }) => table.name);
  const gone = new Set([...deleted, ...optedOut, ...lostTables.map(({ name }) => name)]);
  return protections.filter(({ promises, table }) => promises.length > 0 && !gone.has(table)).length;
};

const dropped = (context: CheckContext, severity: Finding['severity'], fact: string): Finding => {
  const { tag } = context.policies;
  const owed = owedTables(context);
  return {
    id: findingId('coverage-dropped'),
    kind: 'coverage-dropped',
    severity,
    fact,
    measured: counted(coverageOf(context.governed), 'tagged table'),
    promised: owed === 0 ? 'at least one' : owed.toLocaleString('en-US'),
    since: context.now,
    advice: advise(
      `Find out what took the tag ${tag} away, or tag the tables that need backups. Each of them is reported by name; one that needs no backup says "${OPT_OUT}":`,
      tagTableCommand('TABLE', tag, context.observation.target),
    ),
  };
};

/** What is known of it wherever it is open. */
export const coverageDropped: KindTraits<'coverage-dropped'> = {
  kind: 'coverage-dropped',
  title: 'coverage dropped',
  facets: ['tags', 'details', 'memory'],
};

/**
 * Finds that no table carries the policy tag any more, or that fewer than half of those that a policy governed do and at least
 * five are missing. It stays until they are governed again, opt out or are gone: a smaller number never becomes the new
 * normal. Exactly half is enough, a list with a gap proves nothing, and without a memory only an empty list is
 * reported. A deployment that never saw a tagged table waits for its first one instead. Any run may find it, but only one that confirmed the tables can resolve it, because the tagging API lists
 * deleted tables for hours.
 */
export const coverageDroppedFinder: Finder<'coverage-dropped'> = {
  kind: 'coverage-dropped',
  occasion: 'fewer-tables',
  find: (context) => {
    const { governed, observation, policies } = context;
    if (!isSeenWhole(observation, 'tags')) return [];
    const tables = coverageOf(governed);
    if (tables === 0) {
      if (neverOptedIn(context) && context.own.size === 0) return [];
      return [
        dropped(context, 'critical', `No table opts in by the tag ${policies.tag}, so nothing is backed up.`),
      ];
    }
    const before = owedTables(context);
    if (tables >= before * MIN_SHARE || before - tables < MIN_LOSS) return [];
    const fact = `Only ${counted(tables, 'table')} of ${before.toLocaleString('en-US')} still ${verb(tables, 'carries', 'carry')} the tag ${policies.tag}.`;
    return [dropped(context, 'warning', fact)];
  },
};
