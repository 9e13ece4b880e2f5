import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { DAY_MS } from '../../model/instant.ts';
import { OPT_OUT } from '../policy/govern.ts';
import { coverageOf } from '../scene/governed.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { tagTableCommand } from '../text/commands.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'waiting-for-first-table': true;
  }
}

const ID = findingId('waiting-for-first-table');

/** A deployment that waits for longer was most likely forgotten, or tags are written otherwise. */
const LASTS_MS = 7 * DAY_MS;

/**
 * SAFETY: whether no table was ever seen to opt in, so that none can have been lost. A memory with a gap, and anything that is
 * remembered of a table, prove the opposite.
 */
export const neverOptedIn = ({ memory, observation, openFindings }: CheckContext): boolean => {
  const { coverage, losses = [], pitrBaselines, protections = [], series = [] } = memory;
  const isRemembered = [losses, pitrBaselines, protections, series].some(({ length }) => length > 0);
  return (
    (coverage?.tables ?? 0) === 0 &&
    !isRemembered &&
    !observation.gaps.some(({ facet }) => facet === 'memory') &&
    !openFindings.some(({ kind }) => kind === 'coverage-dropped')
  );
};

/** What is known of it wherever it is open. */
export const waitingForFirstTable: KindTraits<'waiting-for-first-table'> = {
  kind: 'waiting-for-first-table',
  title: 'waiting for the first table',
  facets: ['tags', 'details', 'memory'],
};

/**
 * Finds that no table has opted in since the deployment: information at first, a warning after a week. Where a table once
 * did, `coverage-dropped` reports it.
 */
export const waitingForFirstTableFinder: Finder<'waiting-for-first-table'> = {
  kind: 'waiting-for-first-table',
  occasion: 'fewer-tables',
  find: (context) => {
    const { governed, now, observation, openFindings, own, policies } = context;
    if (!isSeenWhole(observation, 'tags') || coverageOf(governed) > 0) return [];
    if (!neverOptedIn(context) || own.size > 0) return [];
    const since = openFindings.find(({ id }) => id === ID)?.since ?? now;
    const { tag } = policies;
    const names = policies.policies.map(({ name }) => name);
    const finding = {
      id: ID,
      kind: 'waiting-for-first-table' as const,
      severity: now - since >= LASTS_MS ? ('warning' as const) : ('info' as const),
      fact: `No table carries the tag ${tag} yet, so nothing is backed up: Tablekeeper waits for its first table.`,
      measured: '0 tagged tables',
      promised: 'at least one',
      since,
      advice: advise(
        `Tag each table with a policy (${names.join(', ')}), or with "${OPT_OUT}" if it needs no backup; where no table needs one, remove the deployment:`,
        tagTableCommand('TABLE', tag, observation.target, names[0]),
      ),
    };
    return [finding];
  },
};
