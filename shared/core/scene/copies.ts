import { DAY_MS, type Instant } from '../../model/instant.ts';
import { isGoingOn } from '../../model/job.ts';
import type { CopyDestination, Policy } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { isKeptByAwsBackup } from '../../model/vault-arn.ts';
import type { KnownCopy, KnownPoint } from '../../model/vault-record.ts';
import {
  type CopySight,
  evidenceOf,
  isHeldUp,
  isListable,
  type Route,
  routeOf,
  vaultOfPoint,
} from './copy-evidence.ts';
import { type CopyThere, longestTerms, needsLastCopy } from './copy-renewal.ts';
import {
  type CopyEvidence,
  type CopyStatus,
  copyStatusOf,
  hadUntil,
  isCopyEnded,
  madeBy,
  renewalStatusOf,
} from './copy-status.ts';
import { type CopyTerms, copyTermsOf } from './copy-terms.ts';
import type { Series } from './series.ts';

/** With less of its life left when it would be made, a copy is not worth making. */
const LEAST_LIFE_MS = DAY_MS;

/** What was held up is owed for so much longer than the copy would have lasted. */
const OWED_LATE_MS = 30 * DAY_MS;

/** A copy that a policy asks for, of one recovery point in one vault. */
export interface WantedCopy {
  readonly table: string;
  readonly policy: Policy;
  readonly destination: CopyDestination;
  readonly source: RecoveryPoint;
  /** When the source was there: when its job ended, where that is listed, or else when it was begun. */
  readonly readyAt: Instant;
  readonly terms: CopyTerms;
  /** How many attempts were begun. */
  readonly attempts: number;
  readonly status: CopyStatus;
  /** Set where no rule asks for it: it is to be the last that the vault has. */
  readonly isLast?: true;
}

const copyOf = (
  { destination, madeAt, sight, series: { policy, table } }: Route,
  evidence: CopyEvidence,
  terms: CopyTerms,
): WantedCopy => ({
  table,
  policy,
  destination,
  source: evidence.source,
  readyAt: madeAt.get(evidence.source.id) ?? evidence.source.createdAt,
  terms,
  attempts: Math.max(evidence.known?.attempt ?? 0, evidence.jobs.length),
  status: copyStatusOf(evidence, sight.now),
});

const endOf = ({ source, terms }: Pick<WantedCopy, 'source' | 'terms'>): Instant =>
  source.createdAt + terms.deleteAfterDays * DAY_MS;

const lifeMs = (copy: WantedCopy, now: Instant): number => endOf(copy) - now;

/** What was tried in time and held up is still owed, as the last copy is: it gets the days of its rule from when it is made. */
const withWholeLife = (copy: WantedCopy, now: Instant): WantedCopy => {
  const ageDays = Math.ceil((now - copy.source.createdAt) / DAY_MS);
  return { ...copy, terms: { ...copy.terms, deleteAfterDays: ageDays + copy.terms.deleteAfterDays } };
};

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

const isFit = ({ id, isCold }: RecoveryPoint): boolean => isKeptByAwsBackup(id) && isCold !== true;

const byTime = (a: { readonly createdAt: Instant }, b: { readonly createdAt: Instant }): number =>
  a.createdAt - b.createdAt;

type Noted = readonly [point: KnownPoint, copy: KnownCopy];

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

/** What one table of the name has at home and is asked for. */
interface Incarnation {
  readonly tableId: string;
  readonly sources: readonly RecoveryPoint[];
  readonly noted: readonly Noted[];
  readonly wanted: readonly WantedCopy[];
}

/** What copy jobs made where nothing can be listed: a run that goes on beside this one has not noted it yet. */
const madeByJobs = (route: Route, sources: readonly RecoveryPoint[]): readonly CopyThere[] =>
  isListable(route)
    ? []
    : sources.flatMap((source) =>
        (route.jobs.get(source.id) ?? [])
          .filter(({ deleteAfterDays, state }) => state === 'completed' && deleteAfterDays !== undefined)
          .map((job) => ({ createdAt: source.createdAt, ...madeBy(job, source) })),
      );

/** What the vault has of the table, as far as it is listed, noted or shown by jobs. */
const inVault = (route: Route, { noted, sources, tableId, wanted }: Incarnation): readonly CopyThere[] => {
  const {
    listed,
    sight,
    series: { policy },
  } = route;
  return [
    ...wanted.flatMap(({ source: { createdAt }, status }) =>
      status.kind === 'there' ? [{ createdAt, deletesAt: status.deletesAt }] : [],
    ),
    ...[...listed.byId.values()].filter(
      (copy) =>
        copy.status === 'available' && copy.tableId === tableId && copy.origin?.policy === policy.name,
    ),
    ...[
      ...noted.map(([{ createdAt }, { deletesAt }]) => ({ createdAt, deletesAt })),
      ...madeByJobs(route, sources),
    ].filter(({ deletesAt = sight.now }) => deletesAt >= sight.now),
  ];
};

/**
 * What is asked for, as if what is begun now were there: where the newest is made late, so that it would be made once more before half of its life is over, it
 * gets a whole life at once.
 */
const onceBegun = (
  wanted: readonly WantedCopy[],
  newest: RecoveryPoint,
  now: Instant,
): readonly WantedCopy[] => {
  const isDue = wanted.some(({ source, status }) => source.id === newest.id && status.kind === 'missing');
  const made = (copy: WantedCopy): WantedCopy =>
    copy.status.kind === 'missing'
      ? { ...copy, status: { kind: 'there', deletesAt: now + lifeMs(copy, now) / 2 } }
      : copy;
  return isDue ? wanted.map(made) : wanted;
};

/** The newest recovery point at home once more, where the vault would be left without one. */
const lastCopyOf = (route: Route, incarnation: Incarnation): readonly WantedCopy[] => {
  const { destination, sight, series } = route;
  const { policy } = series;
  const source = incarnation.sources.filter(isFit).toSorted(byTime).at(-1);
  const terms = longestTerms(policy, destination);
  if (source === undefined || terms === undefined) return [];
  const sourceAt = source.createdAt;
  const wanted = onceBegun(incarnation.wanted, source, sight.now);
  const there = inVault(route, { ...incarnation, wanted });
  if (!needsLastCopy(there, wanted, { destination, now: sight.now, policy, sourceAt })) return [];
  const evidence = evidenceOf(route, source);
  const copy = { ...copyOf(route, evidence, terms), status: renewalStatusOf(evidence, sight.now) };
  return [withWholeLife({ ...copy, isLast: true }, sight.now)];
};

const withLast = (route: Route, incarnation: Incarnation): readonly WantedCopy[] => {
  const last = lastCopyOf(route, incarnation);
  const renewed = new Set(last.map(({ source }) => source.id));
  return [...incarnation.wanted.filter(({ source }) => !renewed.has(source.id)), ...last];
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
