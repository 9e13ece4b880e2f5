import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { isoInstant } from '../../model/instant.ts';
import type { SeriesNow } from '../protection/series.ts';
import { explainCommand, whoCalledCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { counted, verb } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { ObservedKind } from './kind.ts';
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

const leftText = ({ seen }: SeriesNow): string => {
  const newest = seen.at(-1);
  if (newest === undefined) return 'None is left.';
  return `${counted(seen.length, 'recovery point')} ${verb(seen.length, 'is', 'are')} left, the newest of ${utcText(newest)}.`;
};

const findingOf = (
  series: SeriesNow,
  { now, observation, openFindings, policies }: CheckContext,
): Finding => {
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
      `${madeText(series)}. ${leftText(series)}`,
    measured: `${gone.length} gone`,
    promised: `${kept} kept`,
    since: series.goneAt ?? now,
    ...advisedFor(table, (name) =>
      advise(
        'Nothing brings them back. See who deleted them, stop that, and look at what is left:',
        whoCalledCommand(isInVault ? 'DeleteRecoveryPoint' : 'DeleteBackup', observation.target),
        explainCommand(name),
      ),
    ),
    subjects: subjectsOf(gone.map(isoInstant), id, openFindings).subjects,
  };
};

/**
 * Finds series with missing recovery points that the rules keep, so that somebody else deleted them: one finding per
 * table and policy. A warning; critical when the newest is gone, or more than half of all. Reported again when more go.
 * Resolved when the rules would no longer keep them, because as many were made since, and at the latest a week after
 * the last of them went.
 */
export const recoveryPointsVanished: ObservedKind<'recovery-points-vanished'> = {
  kind: 'recovery-points-vanished',
  title: 'recovery points gone',
  facets: ['tags', 'table-names', 'recovery-points', 'details', 'memory'],
  findsFrom: ['tags', 'recovery-points'],
  find: (context) =>
    context.series.filter(({ gone }) => gone.length > 0).map((series) => findingOf(series, context)),
};
