import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { RecoveryPointStatus } from '../../model/recovery-point.ts';
import { isSeenWhole } from '../scene/reach.ts';
import type { SeriesPoint } from '../scene/series.ts';
import { deletePointCommands } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { guardedText } from '../text/vault-guard.ts';
import { counted, listed, verb } from '../text/words.ts';
import type { CheckContext, SeriesState } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
import { addedText, subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'unscheduled-recovery-points': true;
  }
}

/** What is gone, or was never whole, stands beside nothing. */
const IS_NOTHING: readonly RecoveryPointStatus[] = ['deleted', 'deleting', 'unusable'];

const isSurplus = ({ unasked }: SeriesPoint): boolean => unasked === 'surplus';

const nameOf = ({ recoveryPoint: { name, createdAt } }: SeriesPoint): string =>
  `${name} (made ${utcText(createdAt)})`;

const namesOf = (points: readonly SeriesPoint[]): string => listed(points.map(nameOf));

/** Returns which recovery points were not reported yet, by id, because several can share a name. */
const standingFor = (unasked: readonly SeriesPoint[], id: string, openFindings: readonly OpenFinding[]) => {
  const byId = new Map(unasked.map((point) => [point.recoveryPoint.id, point]));
  const { subjects, added } = subjectsOf([...byId.keys()], id, openFindings);
  return { subjects, addedNames: added.flatMap((one) => byId.get(one) ?? []).map(nameOf) };
};

const strangersText = (points: readonly SeriesPoint[]): readonly string[] => {
  if (points.length === 0) return [];
  const carry = verb(points.length, 'carries', 'carry');
  return [
    `${counted(points.length, 'recovery point')} ${carry} names of this instance and ${verb(points.length, 'was', 'were')} not made when a schedule asked for ` +
      `${verb(points.length, 'it', 'them')}: ${namesOf(points)}. What was not asked for counts for nothing, pushes nothing out and is kept.`,
  ];
};

const surplusText = (points: readonly SeriesPoint[]): readonly string[] => {
  if (points.length === 0) return [];
  return [
    `${counted(points.length, 'slot')} ${verb(points.length, 'has', 'have')} one recovery point more than ${verb(points.length, 'it needs', 'they need')}: ${namesOf(points)}. It expires with the other one of its slot.`,
  ];
};

const findingOf = (
  { table, policy, unasked }: SeriesState,
  { now, observation: { target }, openFindings }: CheckContext,
): Finding => {
  const id = findingId('unscheduled-recovery-points', table, policy.name);
  const { subjects, addedNames } = standingFor(unasked, id, openFindings);
  const strangers = unasked.filter((point) => !isSurplus(point));
  const surplus = unasked.filter(isSurplus);
  const isInVault = unasked.some(({ recoveryPoint }) => recoveryPoint.location.vault !== undefined);
  return {
    id,
    kind: 'unscheduled-recovery-points',
    severity: strangers.length > 0 ? 'warning' : 'info',
    table,
    policy: policy.name,
    fact: `${table}: ${[...strangersText(strangers), ...surplusText(surplus)].join(' ')}${addedText(addedNames, 'recovery point')}`,
    subjects,
    measured: `${counted(unasked.length, 'recovery point')} not asked for`,
    promised: 'one for each slot of the schedule',
    since: unasked.reduce((oldest, { recoveryPoint }) => Math.min(oldest, recoveryPoint.createdAt), now),
    advice: advise(
      guardedText(
        `Find out who made them: CloudTrail records ${isInVault ? 'StartBackupJob' : 'CreateBackup'}. Check who may call it, and delete them once nobody needs them`,
        unasked.map(({ recoveryPoint }) => recoveryPoint),
      ),
      ...deletePointCommands(
        unasked.map(({ recoveryPoint }) => recoveryPoint),
        target,
      ),
    ),
  };
};

/** What is known of it wherever it is open. */
export const unscheduledRecoveryPoints: KindTraits<'unscheduled-recovery-points'> = {
  kind: 'unscheduled-recovery-points',
  title: 'unscheduled recovery points',
  breaksPromise: false,
  facets: ['tags', 'recovery-points', 'memory'],
};

/**
 * Finds recovery points that carry a name of this instance but that no schedule required: made at another time than
 * their name says, for a moment that is no slot, or twice for one slot. One finding per table and policy, reported
 * again when there are more, resolved when they are gone.
 */
export const unscheduledRecoveryPointsFinder: Finder<'unscheduled-recovery-points'> = {
  kind: 'unscheduled-recovery-points',
  findsFrom: ['recovery-points', 'memory'],
  occasion: 'unasked-points',
  find: (context) =>
    isSeenWhole(context.observation, 'recovery-points', 'memory')
      ? context.allSeries
          .map((series) => ({
            ...series,
            unasked: series.unasked.filter(({ recoveryPoint: { status } }) => !IS_NOTHING.includes(status)),
          }))
          .filter(({ unasked }) => unasked.length > 0)
          .map((series) => findingOf(series, context))
      : [],
};
