import { DAY_MS, type Instant } from '../../model/instant.ts';
import { type CopyJob, isGoingOn, type Job } from '../../model/job.ts';
import type { Observation } from '../../model/observation.ts';
import type { CopyDestination, Policy } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { isKeptByAwsBackup, parseVaultArn, vaultArn } from '../../model/vault-arn.ts';
import type { KnownCopy, KnownPoint, VaultRecord } from '../../model/vault-record.ts';
import { type CopyThere, longestTerms, needsLastCopy } from './copy-renewal.ts';
import { type CopyEvidence, type CopyStatus, copyStatusOf, renewalStatusOf } from './copy-status.ts';
import { type CopyTerms, copyTermsOf } from './copy-terms.ts';
import type { OwnedRecoveryPoints } from './own-points.ts';
import type { Series } from './series.ts';
import type { VaultSight } from './vault-jobs.ts';

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

/** What copies are found in. */
export interface CopySight extends VaultSight {
  readonly copies: ReadonlyMap<string, OwnedRecoveryPoints>;
  readonly observation: Pick<Observation, 'gaps' | 'recoveryPoints' | 'target'>;
  readonly now: Instant;
}

/** The ARN of the vault that a recovery point is in; undefined for a backup of DynamoDB. */
export const vaultOfPoint = ({
  location: { target, vault },
}: Pick<RecoveryPoint, 'location'>): string | undefined =>
  vault === undefined ? undefined : vaultArn({ target, name: vault });

const byStart = (a: CopyJob, b: CopyJob): number => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

/** What one vault lists of a table, by what tells whose copy it is. */
interface Listed {
  readonly byId: ReadonlyMap<string, RecoveryPoint>;
  readonly bySource: ReadonlyMap<string, readonly RecoveryPoint[]>;
  readonly bySlot: ReadonlyMap<string, readonly RecoveryPoint[]>;
}

/** One series and one vault that it is copied to. */
interface Route {
  readonly series: Series;
  readonly destination: CopyDestination;
  readonly record: VaultRecord | undefined;
  readonly known: ReadonlyMap<string, KnownCopy>;
  /** When the jobs ended that made recovery points of the table, by what they made. */
  readonly madeAt: ReadonlyMap<string, Instant>;
  /** Own copies to the vault by their source, oldest first. */
  readonly jobs: ReadonlyMap<string, readonly CopyJob[]>;
  readonly sight: CopySight;
  readonly listed: Listed;
}

const slotKey = ({ origin, tableId }: RecoveryPoint): string =>
  origin === undefined ? '' : `${origin.policy} ${origin.slot} ${tableId}`;

const listedIn = (points: readonly RecoveryPoint[]): Listed => ({
  byId: new Map(points.map((point) => [point.id, point])),
  bySource: Map.groupBy(points, ({ copyOf = '' }) => copyOf),
  bySlot: Map.groupBy(points, slotKey),
});

const isOwnCopy = (job: Job): job is CopyJob => job.kind === 'copy' && job.isOwn;

const endsOf = (jobs: readonly Job[]): ReadonlyMap<string, Instant> =>
  new Map(
    jobs.flatMap((job) =>
      job.kind === 'backup' && job.recoveryPointId !== undefined && job.endedAt !== undefined
        ? [[job.recoveryPointId, job.endedAt] as const]
        : [],
    ),
  );

const routeOf = (
  series: Series,
  destination: CopyDestination,
  sight: CopySight,
  points: readonly RecoveryPoint[],
): Route => {
  const record = sight.recordOf(series.table);
  const vault = destination.vaultArn;
  const ofTable = sight.jobsOf(series.table);
  const jobs = ofTable.filter(isOwnCopy).filter((job) => job.destination === vault);
  return {
    series,
    destination,
    record,
    known: new Map(
      (record?.points ?? []).flatMap(({ copies = [], id }) =>
        copies.flatMap((copy) => (copy.vault === vault ? [[id, copy] as const] : [])),
      ),
    ),
    madeAt: endsOf(ofTable),
    jobs: Map.groupBy(jobs.toSorted(byStart), ({ sourceId }) => sourceId),
    sight,
    listed: listedIn(points),
  };
};

/** A copy is known by its mark, or else by the job that made it: AWS Backup may have lost its tags. */
const listedOf = (
  { listed: { byId, bySlot, bySource } }: Route,
  source: RecoveryPoint,
  made: readonly (string | undefined)[],
): readonly RecoveryPoint[] => {
  const ofSlot = source.origin === undefined ? [] : (bySlot.get(slotKey(source)) ?? []);
  const ofJobs = made.flatMap((id) => byId.get(id ?? '') ?? []);
  return [...new Set([...ofSlot, ...(bySource.get(source.id) ?? []), ...ofJobs])];
};

const evidenceOf = (route: Route, source: RecoveryPoint): CopyEvidence => {
  const { destination, sight, series } = route;
  const vault = destination.vaultArn;
  const known = route.known.get(source.id);
  const jobs = route.jobs.get(source.id) ?? [];
  const isUnseen = series.unseen === true || sight.observation.gaps.some((gap) => gap.vault === vault);
  const isListable = parseVaultArn(vault)?.target.accountId === sight.observation.target.accountId;
  return {
    source,
    listed: listedOf(route, source, [known?.id, ...jobs.map(({ copyId }) => copyId)]),
    jobs,
    known,
    isListedWhole: isListable && !isUnseen,
    isUnseen,
    isSameVault: vaultOfPoint(source) === vault,
  };
};

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

const lifeMs = ({ source, terms }: WantedCopy, now: Instant): number =>
  source.createdAt + terms.deleteAfterDays * DAY_MS - now;

/** What was tried in time and held up is still owed, as the last copy is: it gets the days of its rule from when it is made. */
const withWholeLife = (copy: WantedCopy, now: Instant): WantedCopy => {
  const ageDays = Math.ceil((now - copy.source.createdAt) / DAY_MS);
  return { ...copy, terms: { ...copy.terms, deleteAfterDays: ageDays + copy.terms.deleteAfterDays } };
};

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

const askedFor = (route: Route, sources: readonly RecoveryPoint[], noted: readonly Noted[]) => {
  const { destination, sight, series } = route;
  const fit = sources.filter(isFit);
  const times = new Set([...fit, ...noted.map(([point]) => point)].map(({ createdAt }) => createdAt));
  const terms = copyTermsOf(
    series.policy,
    destination,
    [...times].toSorted((a, b) => a - b),
  );
  const unfit = copyTermsOf(
    series.policy,
    destination,
    sources.toSorted(byTime).map(({ createdAt }) => createdAt),
  );
  return sources.flatMap((source) => {
    const ofSource = terms.get(source.createdAt) ?? (isFit(source) ? undefined : unfit.get(source.createdAt));
    if (ofSource === undefined) return [];
    const copy = copyOf(route, evidenceOf(route, source), ofSource);
    if (copy.status.kind !== 'missing' || lifeMs(copy, sight.now) >= LEAST_LIFE_MS) return [copy];
    const isOwed = copy.attempts > 0 && lifeMs(copy, sight.now) > -OWED_LATE_MS;
    return isOwed ? [withWholeLife(copy, sight.now)] : [];
  });
};

/** What the vault has of the table, as far as it is listed or noted. */
const inVault = (
  { listed, sight, series: { policy } }: Route,
  tableId: string,
  wanted: readonly WantedCopy[],
  noted: readonly Noted[],
): readonly CopyThere[] => [
  ...wanted.flatMap(({ source: { createdAt }, status }) =>
    status.kind === 'there' ? [{ createdAt, deletesAt: status.deletesAt }] : [],
  ),
  ...[...listed.byId.values()].filter(
    (copy) => copy.status === 'available' && copy.tableId === tableId && copy.origin?.policy === policy.name,
  ),
  ...noted
    .filter(([, { deletesAt = sight.now }]) => deletesAt >= sight.now)
    .map(([{ createdAt }, { deletesAt }]) => ({ createdAt, deletesAt })),
];

/** The newest recovery point at home once more, where the vault would be left without one. */
const lastCopyOf = (
  route: Route,
  sources: readonly RecoveryPoint[],
  there: readonly CopyThere[],
  wanted: readonly WantedCopy[],
): readonly WantedCopy[] => {
  const { destination, sight, series } = route;
  const { policy } = series;
  const source = sources.filter(isFit).toSorted(byTime).at(-1);
  const terms = longestTerms(policy, destination);
  if (source === undefined || terms === undefined) return [];
  if (!needsLastCopy(there, wanted, { destination, now: sight.now, policy })) return [];
  const evidence = evidenceOf(route, source);
  const copy = { ...copyOf(route, evidence, terms), status: renewalStatusOf(evidence, sight.now) };
  return [withWholeLife({ ...copy, isLast: true }, sight.now)];
};

/** SAFETY: a table that was made again is another one: the copies of the former fill no period of it. */
const ofIncarnation = (
  route: Route,
  tableId: string,
  sources: readonly RecoveryPoint[],
): readonly WantedCopy[] => {
  const noted = notedCopies(route, tableId);
  const wanted = askedFor(route, sources, noted);
  const last = lastCopyOf(route, sources, inVault(route, tableId, wanted, noted), wanted);
  const renewed = new Set(last.map(({ source }) => source.id));
  return [...wanted.filter(({ source }) => !renewed.has(source.id)), ...last];
};

const copiesTo = (route: Route): readonly WantedCopy[] => {
  const sources = route.series.points.filter(isSource).map(({ recoveryPoint }) => recoveryPoint);
  return [...Map.groupBy(sources, ({ tableId }) => tableId)].flatMap(([tableId, ofTable]) =>
    ofIncarnation(route, tableId, ofTable),
  );
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
