import { type Advice, advise, followedBy } from '../../model/advice.ts';
import type { Drill, FailingDeletion } from '../../model/drill.ts';
import { failureText } from '../../model/failure.ts';
import { findingId } from '../../model/finding.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import { isDrillNameOf } from '../../model/passing-table.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { deleteTableCommand, describeTableCommand, unprotectTableCommand } from '../text/commands.ts';
import { minuteText } from '../text/time.ts';
import { counted, listed, verb } from '../text/words.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
import { addedText, subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'drill-table-left-over': true;
  }
}

/** Restores take hours, and AWS deletes in minutes. */
const LONGEST_MS = 2 * DAY_MS;

/** A drill tries to delete its table every quarter of an hour: what AWS refuses once may only be busy. */
const REFUSED_FOR_MS = HOUR_MS;

/** The table of a drill that cannot be deleted. */
interface Stuck extends FailingDeletion {
  readonly name: string;
}

const stuckIn = ({ now, observation: { drills = [] } }: CheckContext): readonly Stuck[] =>
  drills.flatMap(({ current }) => {
    const { deletionFailing: failing, drillTable: name } = current ?? {};
    return failing === undefined || name === undefined || now - failing.since < REFUSED_FOR_MS
      ? []
      : [{ name, ...failing }];
  });

const isAtWork = ({ plannedAt }: Drill, now: Instant): boolean => now - plannedAt <= LONGEST_MS;

/** The tables that drills under way are still at. */
const inUse = ({ observation, now }: CheckContext): ReadonlySet<string> =>
  new Set(
    (observation.drills ?? []).flatMap(({ current }) =>
      current?.drillTable !== undefined && isAtWork(current, now) ? [current.drillTable] : [],
    ),
  );

const causeText = ({ failure, isProtected }: Stuck): string =>
  isProtected === true ? 'deletion protection is on' : failureText(failure);

const stuckText = (stuck: readonly Stuck[]): readonly string[] =>
  stuck.map(
    (one) => `Its drill cannot delete ${one.name} since ${minuteText(one.since)}: ${causeText(one)}.`,
  );

const foreignText = (names: readonly string[]): readonly string[] =>
  names.length === 0
    ? []
    : [
        `${counted(names.length, 'table')} with the name of a drill ${verb(names.length, 'is', 'are')} there and no drill is at work on ${verb(names.length, 'it', 'them')}: ${listed(names)}.`,
      ];

const TRIES = 'The drill tries again every 15 minutes, and deletes it by itself once it may';

const adviceOf = (stuck: readonly Stuck[], foreign: readonly string[], context: CheckContext): Advice => {
  const { target } = context.observation;
  const isProtected = stuck.some((one) => one.isProtected === true);
  const ofStuck = stuck
    .slice(0, 1)
    .map(({ name }) =>
      isProtected
        ? advise(
            `${TRIES}. Until then its table is not drilled again. Switch deletion protection off, and find out what switches it on:`,
            unprotectTableCommand(stuck.find((one) => one.isProtected === true)?.name ?? name, target),
          )
        : advise(
            `${TRIES}. Until then its table is not drilled again. Give the role of drill what it is refused:`,
            describeTableCommand(name, target),
          ),
    );
  const ofForeign = foreign
    .slice(0, 1)
    .map((name) =>
      advise(
        'A drill deletes only what it made, by name and id, and this could not be proved. Look at each, and delete what nobody needs; deletion protection, where it is on, has to be switched off first:',
        describeTableCommand(name, target),
        deleteTableCommand(name, target),
      ),
    );
  return [...ofStuck, ...ofForeign].reduce((one, other) => followedBy(one, other));
};

/** What is known of it wherever it is open. */
export const drillTableLeftOver: KindTraits<'drill-table-left-over'> = {
  kind: 'drill-table-left-over',
  title: 'table of a drill left over',
  facets: ['table-names', 'drills'],
};

/**
 * Finds tables with the name of a drill that no drill is at: one that could not be deleted, or one that somebody else made under such a name.
 * SAFETY: nothing here deletes them.
 */
export const drillTableLeftOverFinder: Finder<'drill-table-left-over'> = {
  kind: 'drill-table-left-over',
  findsFrom: ['table-names', 'drills'],
  find: (context) => {
    const { instance, now, observation, openFindings } = context;
    if (!isSeenWhole(observation, 'drills')) return [];
    const names = (observation.tableNames ?? []).filter((name) => isDrillNameOf(instance, name));
    const stuck = stuckIn(context).filter(({ name }) => names.includes(name));
    const used = new Set([...inUse(context), ...stuck.map(({ name }) => name)]);
    const foreign = names.filter((name) => !used.has(name));
    const left = [...stuck.map(({ name }) => name), ...foreign].toSorted();
    if (left.length === 0) return [];
    const id = findingId('drill-table-left-over');
    const { subjects, added } = subjectsOf(left, id, openFindings);
    const finding = {
      id,
      kind: 'drill-table-left-over' as const,
      severity: 'warning' as const,
      fact: `${[...stuckText(stuck), ...foreignText(foreign)].join(' ')}${addedText(added, 'table')}`,
      measured: `${left.length} left over`,
      promised: 'none',
      since: now,
      advice: adviceOf(stuck, foreign, context),
      subjects,
    };
    return [finding];
  },
};
