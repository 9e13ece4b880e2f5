import { type Advice, advise, followedBy } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { isoInstant } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { SeriesNow } from '../protection/series.ts';
import { explainCommand, restoreTableCommand, whoCalledCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { counted, verb } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import { endingText } from './ending-text.ts';
import type { Finder, KindTraits } from './kind.ts';
import { subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'recovery-points-vanished': true;
  }
}

const isMost = ({ gone, kept }: SeriesNow): boolean => gone.length * 2 > kept;

/** Describes when the missing ones were made. */
const madeText = ({ gone, isNewestGone }: SeriesNow): string => {
  const [oldest, newest] = [gone[0] ?? 0, gone.at(-1) ?? 0];
  const made = gone.length === 1 ? `of ${utcText(oldest)}` : `of ${utcText(oldest)} to ${utcText(newest)}`;
  return isNewestGone ? `${made}, the newest among them` : made;
};

/** The copies of a series that are there, or remembered to be, oldest first. */
const copiesOf = (
  { policy, table, tableId }: SeriesNow,
  { everywhere }: CheckContext,
): readonly RecoveryPoint[] =>
  everywhere
    .filter(({ origin, recoveryPoint: { copyOf, status, tableId: id, tableName } }) => {
      const isOfSeries = tableName === table && id === tableId && origin.policy === policy;
      return isOfSeries && copyOf !== undefined && status === 'available';
    })
    .map(({ recoveryPoint }) => recoveryPoint)
    .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));

const copiesText = (copies: readonly RecoveryPoint[]): string => {
  const newest = copies.at(-1);
  if (newest === undefined) return '';
  const { target, vault } = newest.location;
  const count = counted(copies.length, 'copy', 'copies');
  const place = `${vault} in ${target.region} of account ${target.accountId}`;
  return ` ${count} ${verb(copies.length, 'is', 'are')} in other vaults and can bring the table back, the newest of ${utcText(newest.createdAt)} in ${place}.${endingText(copies)}`;
};

const leftText = ({ seen }: SeriesNow, copies: readonly RecoveryPoint[]): string => {
  const newest = seen.at(-1);
  if (newest === undefined) return copies.length === 0 ? 'None is left.' : 'None is left at home.';
  return `${counted(seen.length, 'recovery point')} ${verb(seen.length, 'is', 'are')} left, the newest of ${utcText(newest)}.`;
};

/** Without a copy there is nothing to restore what is gone from. */
const adviceOf = (
  name: string,
  operation: string,
  copy: RecoveryPoint | undefined,
  { observation: { target } }: CheckContext,
): Advice => {
  const seeWho = advise(
    copy === undefined
      ? 'Nothing brings them back. See who deleted them, stop that, and look at what is left:'
      : 'See who deleted them, stop that before they delete the copies as well, and look at what is left:',
    whoCalledCommand(operation, target),
    explainCommand(name),
  );
  if (copy === undefined || copy.id === '') return seeWho;
  return followedBy(
    seeWho,
    advise(
      'To have the table as it was then, restore the newest copy under another name:',
      restoreTableCommand(`${name}-restored`, copy.id, target),
    ),
  );
};

const findingOf = (series: SeriesNow, context: CheckContext): Finding => {
  const { now, openFindings, policies } = context;
  const copies = copiesOf(series, context);
  const { table, policy, gone, kept, isNewestGone } = series;
  const isInVault = policies.policies.some(({ name, vault }) => name === policy && vault !== undefined);
  const id = findingId('recovery-points-vanished', table, policy);
  const of = `${gone.length} of ${counted(kept, 'recovery point')}`;
  return {
    id,
    kind: 'recovery-points-vanished',
    severity: isNewestGone || isMost(series) ? 'critical' : 'warning',
    table,
    policy,
    fact:
      `${of} of ${table} (policy ${policy}) ${verb(gone.length, 'is', 'are')} gone and ${verb(gone.length, 'was', 'were')} not deleted by Tablekeeper: ` +
      `${madeText(series)}. ${leftText(series, copies)}${copiesText(copies)}`,
    measured: `${gone.length} gone`,
    promised: `${kept} kept`,
    since: series.goneAt ?? now,
    ...advisedFor(table, (name) =>
      adviceOf(name, isInVault ? 'DeleteRecoveryPoint' : 'DeleteBackup', copies.at(-1), context),
    ),
    subjects: subjectsOf(gone.map(isoInstant), id, openFindings).subjects,
  };
};

/** What is known of it wherever it is open. */
export const recoveryPointsVanished: KindTraits<'recovery-points-vanished'> = {
  kind: 'recovery-points-vanished',
  title: 'recovery points gone',
  facets: ['tags', 'table-names', 'recovery-points', 'details', 'memory'],
};

/**
 * Finds series with missing recovery points that the rules keep, so that somebody else deleted them: one finding per
 * table and policy. A warning; critical when the newest is gone, or more than half of all. Reported again when more go.
 * Resolved when the rules would no longer keep them, because as many were made since, and at the latest a week after
 * the last of them went.
 */
export const recoveryPointsVanishedFinder: Finder<'recovery-points-vanished'> = {
  kind: 'recovery-points-vanished',
  findsFrom: ['tags', 'recovery-points'],
  occasion: 'vanished-points',
  find: (context) =>
    context.series.filter(({ gone }) => gone.length > 0).map((series) => findingOf(series, context)),
};
