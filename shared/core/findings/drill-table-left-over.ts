import { advise } from '../../model/advice.ts';
import { isDrillNameOf } from '../../model/drill.ts';
import { findingId } from '../../model/finding.ts';
import { DAY_MS } from '../../model/instant.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { deleteTableCommand, describeTableCommand } from '../text/commands.ts';
import { counted, listed, verb } from '../text/words.ts';
import type { CheckContext } from './context.ts';
import type { ObservedKind } from './kind.ts';
import { addedText, subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'drill-table-left-over': true;
  }
}

/** Restores take hours, and AWS deletes in minutes. */
const LONGEST_MS = 2 * DAY_MS;

/** The tables that drills under way are still at. */
const inUse = ({ observation, now }: CheckContext): ReadonlySet<string> =>
  new Set(
    (observation.drills ?? []).flatMap(({ current }) =>
      current?.drillTable !== undefined && now - current.plannedAt <= LONGEST_MS ? [current.drillTable] : [],
    ),
  );

/**
 * Finds tables with the name of a drill that no drill is at: one that could not be deleted, or one that somebody else made under such a name.
 * SAFETY: nothing here deletes them.
 */
export const drillTableLeftOver: ObservedKind<'drill-table-left-over'> = {
  kind: 'drill-table-left-over',
  title: 'table of a drill left over',
  facets: ['table-names', 'drills'],
  findsFrom: ['table-names', 'drills'],
  find: (context) => {
    const { instance, now, observation, openFindings } = context;
    const used = inUse(context);
    const left = (observation.tableNames ?? []).filter(
      (name) => isDrillNameOf(instance, name) && !used.has(name),
    );
    const [first] = left;
    if (first === undefined || !isSeenWhole(observation, 'drills')) return [];
    const id = findingId('drill-table-left-over');
    const { subjects, added } = subjectsOf(left, id, openFindings);
    const finding = {
      id,
      kind: 'drill-table-left-over' as const,
      severity: 'warning' as const,
      fact: `${counted(left.length, 'table')} with the name of a drill ${verb(left.length, 'is', 'are')} there and no drill is at work on ${verb(left.length, 'it', 'them')}: ${listed(left)}.${addedText(added, 'table')}`,
      measured: `${left.length} left over`,
      promised: 'none',
      since: now,
      advice: advise(
        'A drill deletes only what it made, by name and id, and this could not be proved or was refused. Look at each, and delete what nobody needs:',
        describeTableCommand(first, observation.target),
        deleteTableCommand(first, observation.target),
      ),
      subjects,
    };
    return [finding];
  },
};
