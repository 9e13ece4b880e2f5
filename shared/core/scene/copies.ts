import { DAY_MS, type Instant } from '../../model/instant.ts';
import { isGoingOn } from '../../model/job.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { type CopySight, evidenceOf, isHeldUp, type Route, routeOf, vaultOfPoint } from './copy-evidence.ts';
import { type CopyEvidence, hadUntil, isCopyEnded } from './copy-status.ts';
import { copyTermsOf } from './copy-terms.ts';
import { type Incarnation, withLast } from './last-copy.ts';
import type { Series } from './series.ts';
import {
  byTime,
  copyOf,
  endOf,
  isFit,
  lifeMs,
  type Noted,
  type WantedCopy,
  withWholeLife,
} from './wanted-copy.ts';

/** With less of its life left when it would be made, a copy is not worth making. */
const LEAST_LIFE_MS = DAY_MS;

/** What was held up is owed for so much longer than the copy would have lasted. */
const OWED_LATE_MS = 30 * DAY_MS;

/**
 * Whether a copy was there for its days and AWS Backup deleted it, as it was told: it is not made again, unless the rules were changed since and keep it for
 * longer.
 */
const hasHadItsDays = (copy: WantedCopy, evidence: CopyEvidence, now: Instant): boolean => {
  const until = hadUntil(evidence.known, now);
  return until === undefined ? isCopyEnded(evidence, now) : endOf(copy) <= until + LEAST_LIFE_MS;
};

/** Whether it is not there, and cannot be made because its source went into cold storage: where it had its days before, nothing is amiss. */
const isTooCold = ({ status }: WantedCopy): boolean => status.kind === 'impossible' && status.why === 'cold';

const isSource = ({ recoveryPoint, unasked }: Series['points'][number]): boolean =>
  recoveryPoint.status === 'available' && recoveryPoint.location.vault !== undefined && unasked === undefined;

/** The copies in the vault that are noted of one table, also those whose source is gone at home; what was only tried is none. */
const notedCopies = ({ destination, record, series: { policy } }: Route, tableId: string): readonly Noted[] =>
  (record?.points ?? [])
    .filter((point) => point.policy === policy.name && point.tableId === tableId)
    .flatMap((point) =>
      (point.copies ?? [])
        .filter(
          ({ state, vault }) => vault === destination.vaultArn && (state === 'completed' || isGoingOn(state)),
        )
        .map((copy): Noted => [point, copy]),
    );

/** How many days the copies had that are ended and whose source is gone, by when that was made. */
const daysOfEnded = (
  fit: readonly RecoveryPoint[],
  noted: readonly Noted[],
  now: Instant,
): ReadonlyMap<Instant, number> => {
  const atHome = new Set(fit.map(({ createdAt }) => createdAt));
  return new Map(
    noted.flatMap(([{ createdAt }, { deletesAt }]) =>
      deletesAt === undefined || deletesAt > now || atHome.has(createdAt)
        ? []
        : [[createdAt, (deletesAt - createdAt) / DAY_MS] as const],
    ),
  );
};

const askedFor = (route: Route, sources: readonly RecoveryPoint[], noted: readonly Noted[]) => {
  const { destination, sight, series } = route;
  const fit = sources.filter(isFit);
  const times = new Set([...fit, ...noted.map(([point]) => point)].map(({ createdAt }) => createdAt));
  const terms = copyTermsOf(
    series.policy,
    destination,
    [...times].toSorted((a, b) => a - b),
    daysOfEnded(fit, noted, sight.now),
  );
  const unfit = copyTermsOf(
    series.policy,
    destination,
    sources.toSorted(byTime).map(({ createdAt }) => createdAt),
  );
  return sources.flatMap((source) => {
    const ofSource = terms.get(source.createdAt) ?? (isFit(source) ? undefined : unfit.get(source.createdAt));
    if (ofSource === undefined) return [];
    const evidence = evidenceOf(route, source);
    const copy = copyOf(route, evidence, ofSource);
    if (copy.status.kind !== 'missing' && !isTooCold(copy)) return [copy];
    if (hasHadItsDays(copy, evidence, sight.now)) return [];
    if (lifeMs(copy, sight.now) >= LEAST_LIFE_MS) return [copy];
    const isOwed = isHeldUp(route, evidence) && lifeMs(copy, sight.now) > -OWED_LATE_MS;
    return isOwed ? [withWholeLife(copy, sight.now)] : [];
  });
};

const newestIn = ({ sources }: Incarnation): Instant =>
  Math.max(...sources.map(({ createdAt }) => createdAt));

/**
 * SAFETY: a table that was made again is another one: the copies of the former fill no period of it. Those are made once more only until the newest of the
 * name has a copy of its own there: a former table never gets another recovery point, and would be copied for ever.
 */
const copiesTo = (route: Route): readonly WantedCopy[] => {
  const sources = route.series.points.filter(isSource).map(({ recoveryPoint }) => recoveryPoint);
  const incarnations = [...Map.groupBy(sources, ({ tableId }) => tableId)]
    .map(([tableId, ofTable]): Incarnation => {
      const noted = notedCopies(route, tableId);
      return { tableId, sources: ofTable, noted, wanted: askedFor(route, ofTable, noted) };
    })
    .toSorted((a, b) => newestIn(b) - newestIn(a));
  const [newest] = incarnations;
  const isThere = newest?.wanted.some(({ status }) => status.kind === 'there') === true;
  return incarnations.flatMap((one) => (isThere && one !== newest ? one.wanted : withLast(route, one)));
};

/** Lists the copies that policies ask for, by table, policy, destination in the order of the file, and source, newest first. */
export const wantedCopies = (allSeries: readonly Series[], sight: CopySight): readonly WantedCopy[] => {
  const { recoveryPoints } = sight.observation;
  const inVaults = allSeries.some(({ policy }) => (policy.vault?.copyTo ?? []).length > 0)
    ? Map.groupBy(
        recoveryPoints.filter(({ engine }) => engine === 'aws-backup'),
        (point) => `${vaultOfPoint(point)} ${point.tableName}`,
      )
    : new Map<string, RecoveryPoint[]>();
  return allSeries.flatMap((series) =>
    (series.policy.vault?.copyTo ?? []).flatMap((destination) =>
      copiesTo(
        routeOf(series, destination, sight, inVaults.get(`${destination.vaultArn} ${series.table}`) ?? []),
      ),
    ),
  );
};
