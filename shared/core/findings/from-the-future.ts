import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { CLOCK_TOLERANCE_MS, type Instant } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { OwnRecoveryPoint, OwnSeries } from '../scene/own-points.ts';
import { ageText, utcText } from '../text/time.ts';
import { capped, counted, listed, verb } from '../text/words.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
import { subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'from-the-future': true;
  }
}

const PROMISED = `at most ${ageText(CLOCK_TOLERANCE_MS)} ahead`;

type Said = Pick<Finding, 'fact' | 'measured' | 'advice' | 'subjects'>;

const future = (subject: string, now: Instant, said: Said): Finding => ({
  id: findingId('from-the-future', subject),
  kind: 'from-the-future',
  severity: 'warning',
  promised: PROMISED,
  since: now,
  ...said,
});

const moreText = (added: number): string =>
  added === 0
    ? ''
    : ` ${counted(added, 'recovery point')} of them ${verb(added, 'is', 'are')} new since the last message.`;

const aheadText = (at: Instant, now: Instant): string => `${ageText(at - now)} ahead`;

const eventAhead = ({ eventTime, now }: CheckContext): readonly Finding[] => {
  if (eventTime === undefined || eventTime <= now + CLOCK_TOLERANCE_MS) return [];
  const finding = future('event', now, {
    fact: `The event that started this run is of ${utcText(eventTime)}, while it is ${utcText(now)} here: nothing is deleted.`,
    measured: aheadText(eventTime, now),
    advice: advise('Find out who sent the event: the schedules of EventBridge send none of the future.'),
  });
  return [finding];
};

const newestOf = (points: readonly RecoveryPoint[]): Instant =>
  points.reduce((newest, { createdAt }) => Math.max(newest, createdAt), 0);

const pointsAhead = ({
  clockSuspicious,
  observation,
  openFindings,
  now,
}: CheckContext): readonly Finding[] => {
  if (clockSuspicious === undefined) return [];
  const ahead = observation.recoveryPoints.filter(({ createdAt }) => createdAt > now + CLOCK_TOLERANCE_MS);
  if (ahead.length === 0) return [];
  const names = ahead.map(({ tableName, name }) => capped(`${tableName}: ${name}`, 120));
  const id = findingId('from-the-future', 'recovery-points');
  const { subjects, added } = subjectsOf(
    ahead.map((point) => point.id),
    id,
    openFindings,
  );
  const finding = future('recovery-points', now, {
    subjects,
    fact:
      `${counted(ahead.length, 'recovery point')} ${verb(ahead.length, 'was', 'were')} created later than now, ${utcText(now)}, so one of two clocks is wrong and ` +
      `nothing is deleted: ${listed(names)}.${moreText(added.length)}`,
    measured: aheadText(newestOf(ahead), now),
    advice: advise(
      'Compare the clock of whatever runs Tablekeeper with the real time; in Lambda, open a case with AWS.',
    ),
  });
  return [finding];
};

const isNamedAhead = ({ recoveryPoint, origin }: OwnRecoveryPoint, now: Instant): boolean =>
  origin.slot > Math.min(now, recoveryPoint.createdAt) + CLOCK_TOLERANCE_MS;

/**
 * The id of the finding about names from the future: it casts no doubt on a clock, and only what carries such a name is
 * kept.
 */
export const NAMES_FROM_THE_FUTURE = findingId('from-the-future', 'names');

/** Lists one name per table, so that many of one table hide no other. */
const byTable = (points: readonly OwnRecoveryPoint[]): string =>
  listed(
    [...Map.groupBy(points, ({ recoveryPoint }) => recoveryPoint.tableName)].map(([table, ofTable]) => {
      const names = ofTable.map(({ recoveryPoint: { name } }) => name).toSorted();
      return `${table}: ${names[0]}${names.length > 1 ? ` (one of ${names.length})` : ''}`;
    }),
  );

const newText = (added: readonly OwnRecoveryPoint[]): string =>
  added.length === 0
    ? ''
    : ` New since the last message: ${counted(added.length, 'recovery point')}, ${byTable(added)}.`;

/** Whether a series may have such a name. */
const hasNamesAhead = ({ facts: { aheadMs, newestSlot } }: OwnSeries, now: Instant): boolean =>
  Math.max(aheadMs, newestSlot - now) > CLOCK_TOLERANCE_MS;

const namesAhead = ({ own, openFindings, now }: CheckContext): readonly Finding[] => {
  const ahead = [...own.values()]
    .filter((series) => hasNamesAhead(series, now))
    .flatMap(({ points }) => points.filter((point) => isNamedAhead(point, now)));
  if (ahead.length === 0) return [];
  const farthestMs = ahead.reduce(
    (most, { origin, recoveryPoint }) => Math.max(most, origin.slot - recoveryPoint.createdAt),
    0,
  );
  const { subjects, added } = subjectsOf(
    ahead.map(({ recoveryPoint }) => recoveryPoint.id),
    NAMES_FROM_THE_FUTURE,
    openFindings,
  );
  const isNew = new Set(added);
  const finding = future('names', now, {
    subjects,
    fact:
      `${counted(ahead.length, 'recovery point')} ${verb(ahead.length, 'carries', 'carry')} the name of a slot that came only after the ` +
      `recovery point was made. What is named so counts for nothing and is kept: ${byTable(ahead)}.` +
      newText(ahead.filter(({ recoveryPoint }) => isNew.has(recoveryPoint.id))),
    measured: `named ${ageText(farthestMs)} ahead`,
    advice: advise(
      'Tablekeeper gives no such names: find out who made them, and delete them by hand once nobody needs them.',
    ),
  });
  return [finding];
};

/** What is known of it wherever it is open. */
export const fromTheFuture: KindTraits<'from-the-future'> = {
  kind: 'from-the-future',
  title: 'something dated in the future',
  facets: ['recovery-points'],
};

/**
 * Finds what is dated in the future: an event, a recovery point, or a name of this instance. While there is any of the
 * first two, nothing is deleted. Up to exactly `CLOCK_TOLERANCE_MS` ahead counts as a clock that runs a little fast.
 */
export const fromTheFutureFinder: Finder<'from-the-future'> = {
  kind: 'from-the-future',
  occasion: 'anything-ahead',
  find: (context) => [...eventAhead(context), ...pointsAhead(context), ...namesAhead(context)],
};
