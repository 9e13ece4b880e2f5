import { advise, followedBy } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { GoneTable, OpenFinding } from '../../model/memory.ts';
import { type GoneShare, goneShareOf } from '../retention/gone-points.ts';
import { endingNames, isAnnounced, timeOverAt } from '../retention/gone-tables.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { bytesOfPointsText } from '../text/bytes-sum.ts';
import { explainCommand, keepDeletedCommand, restoreTableCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { counted, listed, verb } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Footing, FootingScene } from './footing-scene.ts';
import { endsByRule, endText, fateOf } from './gone-text.ts';
import type { Finder, KindTraits } from './kind.ts';
import { newestText } from './newest-text.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'deleted-table-ending': true;
  }
}

/** What was promised of a table that was emptied before it was deleted goes on. */
const emptiedText = (
  { notBefore, since }: GoneTable,
  { policies }: CheckContext,
  names: readonly string[],
): string => {
  const keeps = policies.policies
    .filter(({ name }) => names.includes(name))
    .map(({ afterDeletion }) => afterDeletion?.keepMs ?? 0);
  return notBefore === undefined || notBefore <= since + Math.max(0, ...keeps)
    ? ''
    : ` It had lost nearly all it held before it was deleted, so that nothing ends before ${utcText(notBefore)}.`;
};

const whatText = (table: string, { ending, staying }: GoneShare, policies: readonly string[]): string =>
  staying === 0
    ? `the last ${counted(ending.length, 'recovery point')} of ${table}`
    : `${counted(ending.length, 'recovery point')} of ${table} under ${listed(policies)}`;

const findingOf = (gone: GoneTable, share: GoneShare, context: CheckContext): Finding => {
  const points = share.ending;
  const { now, observation, policies } = context;
  const { goneTable: table, since } = gone;
  const recoveryPoints = points.map(({ recoveryPoint }) => recoveryPoint);
  const newest = recoveryPoints.toSorted((a, b) => b.createdAt - a.createdAt)[0];
  const names = endingNames(gone, policies).map(({ name }) => name);
  const until = endText(fateOf(table, names, context));
  return {
    id: findingId('deleted-table-ending', table),
    kind: 'deleted-table-ending',
    severity: 'warning',
    table,
    fact:
      `Tablekeeper deletes ${whatText(table, share, names)} (${bytesOfPointsText(recoveryPoints)}) from ${until} on: the table is gone since ${utcText(since)}, ` +
      `and afterDeletion of ${listed(names)} keeps them no longer. The newest: ${newestText(recoveryPoints)}.` +
      `${share.staying === 0 ? '' : ` ${counted(share.staying, 'other')} ${verb(share.staying, 'stays', 'stay')}.`}${emptiedText(gone, context, names)}`,
    measured: `${points.length} ending`,
    promised: `kept until ${until}`,
    since: now,
    ...advisedFor(table, (name) =>
      followedBy(
        advise(
          'Nothing has to be done if this is meant. To keep them, whatever the policy says:',
          keepDeletedCommand(name),
        ),
        advise(
          'Or restore the table:',
          explainCommand(name),
          ...(newest === undefined ? [] : [restoreTableCommand(name, newest.id, observation.target)]),
        ),
      ),
    ),
  };
};

/**
 * Ends silently when they are deleted as announced or somebody keeps them; that the table is back resolves it. A run that did not look at everything leaves it
 * open.
 */
const footingOf = ({ table = '' }: OpenFinding, { existing, isSeenWhole: isSeen }: FootingScene): Footing => {
  if (existing.has(table)) return 'looked-at';
  return isSeen ? 'withdrawn' : 'held';
};

const find: Finder['find'] = (context) => {
  const { gone, now, observation, own, policies, regimes } = context;
  if (!isSeenWhole(observation, 'tags', 'table-names', 'recovery-points', 'memory')) return [];
  const live = (gone.goneTables ?? []).filter(({ endedAt }) => endedAt === undefined);
  if (live.length === 0) return [];
  const seriesOf = Map.groupBy(own.values(), ({ table }) => table);
  return live.flatMap((one) => {
    const overAt = timeOverAt(one, policies);
    if (overAt === undefined || !isAnnounced(overAt, now)) return [];
    const fate = fateOf(
      one.goneTable,
      endingNames(one, policies).map(({ name }) => name),
      context,
    );
    const share = goneShareOf(seriesOf.get(one.goneTable) ?? [], one, { policies, regimes, now });
    return endsByRule(fate) && share.ending.length > 0 ? [findingOf(one, share, context)] : [];
  });
};

/** What is known of it wherever it is open. */
export const deletedTableEnding: KindTraits<'deleted-table-ending'> = {
  kind: 'deleted-table-ending',
  title: 'recovery points of a deleted table ending',
  titleNamesTable: true,
  breaksPromise: false,
  neverMuted: true,
  footingOf,
  facets: ['tags', 'table-names', 'recovery-points', 'memory'],
};

/**
 * SAFETY: nothing of a deleted table is deleted before people have been told for a week: by this. Finds deleted tables whose recovery points a policy ends
 * soon, the last one too, with the command that keeps them. Nobody can mute it.
 */
export const deletedTableEndingFinder: Finder<'deleted-table-ending'> = {
  kind: 'deleted-table-ending',
  findsFrom: ['tags', 'table-names', 'recovery-points'],
  occasion: 'gone-tables',
  find,
};
