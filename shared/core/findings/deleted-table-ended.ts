import { type Advice, advise, followedBy } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { GoneTable } from '../../model/memory.ts';
import { goneShareOf } from '../retention/gone-points.ts';
import { endingNames } from '../retention/gone-tables.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { explainCommand, whoCalledCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { counted, listed, verb } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'deleted-table-ended': true;
  }
}

/** What others made of it is never touched, and may still be there. */
const restText = (staying: number): string =>
  staying === 0
    ? 'Nothing that this deployment made of it is left here.'
    : `${counted(staying, 'other')} of this deployment ${verb(staying, 'stays', 'stay')}.`;

const whyText = ({ since, toldAt }: GoneTable, names: readonly string[]): string =>
  `The table was gone since ${utcText(since)}, and afterDeletion of ${listed(names)} kept them no longer` +
  `${toldAt === undefined ? '' : `, as people were told by ${utcText(toldAt)}`}.`;

/** Those that ended it; all that governed it where the file says so no more. */
const namesOf = (gone: GoneTable, { policies }: CheckContext): readonly string[] => {
  const names = endingNames(gone, policies).map(({ name }) => name);
  return names.length === 0 ? gone.policies : names;
};

const factOf = (gone: GoneTable, staying: number, context: CheckContext): string => {
  const { deleted, dueAt, endedAt, goneTable: table } = gone;
  const names = namesOf(gone, context);
  if (deleted === undefined)
    return (
      `What ${listed(names)} had left of ${table} is gone, as an audit saw at ${utcText(endedAt ?? 0)}: its time was over by afterDeletion at ${utcText(dueAt ?? 0)}, ` +
      `but no run noted that it deleted it. It was ended before it could, or somebody else deleted it. ${restText(staying)}`
    );
  const which = staying === 0 ? 'the last ' : '';
  return (
    `Tablekeeper deleted ${which}${counted(deleted.points, 'recovery point')} of ${table}, in the run of ${utcText(deleted.at)}. ` +
    `${whyText(gone, names)} ${restText(staying)}`
  );
};

const adviceOf = (name: string, { deleted }: GoneTable, { observation }: CheckContext): Advice => {
  const others = advise(
    'Nothing has to be done if this is meant. What else there is of it, such as backups that people made:',
    explainCommand(name),
  );
  if (deleted !== undefined) return others;
  return followedBy(
    others,
    advise(
      'Who deleted them:',
      whoCalledCommand('DeleteBackup', observation.target),
      whoCalledCommand('DeleteRecoveryPoint', observation.target),
    ),
  );
};

const findingOf = (gone: GoneTable, staying: number, context: CheckContext): Finding => {
  const { deleted, endedAt = context.now, goneTable: table } = gone;
  return {
    id: findingId('deleted-table-ended', table),
    kind: 'deleted-table-ended',
    severity: 'info',
    table,
    fact: factOf(gone, staying, context),
    measured: deleted === undefined ? 'gone' : `${deleted.points} deleted`,
    promised: 'kept for the time of afterDeletion',
    since: deleted?.at ?? endedAt,
    ...advisedFor(table, (name) => adviceOf(name, gone, context)),
  };
};

const find: Finder['find'] = (context) => {
  const { gone, now, observation, own, policies, regimes } = context;
  if (!isSeenWhole(observation, 'tags', 'table-names', 'recovery-points', 'memory')) return [];
  const there = new Set([...(observation.tableNames ?? []), ...observation.tables.map(({ name }) => name)]);
  const ended = (gone.goneTables ?? []).filter(
    ({ dueAt, endedAt, goneTable }) => dueAt !== undefined && endedAt !== undefined && !there.has(goneTable),
  );
  return ended.flatMap((one) => {
    const series = [...own.values()].filter(({ table }) => table === one.goneTable);
    const { ending, staying } = goneShareOf(series, one, { policies, regimes, now });
    return ending.length === 0 ? [findingOf(one, staying, context)] : [];
  });
};

/** What is known of it wherever it is open. */
export const deletedTableEnded: KindTraits<'deleted-table-ended'> = {
  kind: 'deleted-table-ended',
  title: 'recovery points of a deleted table deleted',
  titleNamesTable: true,
  breaksPromise: false,
  neverMuted: true,
  footingOf: (_, { isSeenWhole: isSeen }) => (isSeen ? 'withdrawn' : 'held'),
  facets: ['tags', 'table-names', 'recovery-points', 'memory'],
};

/**
 * Reports that what was left of a deleted table was deleted by `afterDeletion`: how many, when and why. The end of a table's last copies is no news that
 * something is resolved. It is told once and ends silently, a day later at the earliest. Nobody can mute it.
 */
export const deletedTableEndedFinder: Finder<'deleted-table-ended'> = {
  kind: 'deleted-table-ended',
  findsFrom: ['tags', 'table-names', 'recovery-points'],
  occasion: 'gone-tables',
  find,
};
