import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { CopyJob, Job } from '../../model/job.ts';
import type { Observation } from '../../model/observation.ts';
import type { CopyDestination } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { parseVaultArn, vaultArn } from '../../model/vault-arn.ts';
import type { KnownCopy, VaultRecord } from '../../model/vault-record.ts';
import { isLost } from './attempts.ts';
import type { CopyEvidence } from './copy-status.ts';
import type { OwnedRecoveryPoints } from './own-points.ts';
import type { Series } from './series.ts';
import type { VaultSight } from './vault-jobs.ts';

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
export interface Route {
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

/** Gathers what is known of the copies of a series to one vault; `points` are what that lists of the table. */
export const routeOf = (
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

/** Whether the vault is in this account: of another account's nothing can be listed from here. */
export const isListable = ({ destination, sight: { observation } }: Route): boolean =>
  parseVaultArn(destination.vaultArn)?.target.accountId === observation.target.accountId;

/**
 * For how long AWS Backup surely lists the jobs of what was made since.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/lag-vault-primary-backup.html (checked 2026-11-28): records of copy jobs go 30 days after they end
 */
const JOBS_LISTED_MS = 29 * DAY_MS;

/** Whether a copy may be there of which nothing is listed any more, in a run that cannot read what was noted of it. */
const isForgotten = (route: Route, { createdAt }: RecoveryPoint): boolean =>
  !isListable(route) &&
  route.sight.now - createdAt > JOBS_LISTED_MS &&
  route.sight.observation.gaps.some(({ facet }) => facet === 'memory');

/** Collects what shows the copy of one recovery point. */
export const evidenceOf = (route: Route, source: RecoveryPoint): CopyEvidence => {
  const { destination, sight, series } = route;
  const vault = destination.vaultArn;
  const known = route.known.get(source.id);
  const jobs = route.jobs.get(source.id) ?? [];
  const isUnseen =
    series.unseen === true ||
    sight.observation.gaps.some((gap) => gap.vault === vault) ||
    isForgotten(route, source);
  return {
    source,
    listed: listedOf(route, source, [known?.id, ...jobs.map(({ copyId }) => copyId)]),
    jobs,
    known,
    isListedWhole: isListable(route) && !isUnseen,
    isUnseen,
    isSameVault: vaultOfPoint(source) === vault,
  };
};

const begunAt = (attempt: CopyJob | KnownCopy): Instant =>
  'startedAt' in attempt ? attempt.startedAt : attempt.createdAt;

/**
 * Whether a copy was tried and came to nothing, or was there and somebody deleted it. SAFETY: such a one is still owed; one that was made and whose days are
 * over is not, by its job where nothing else is known of it.
 */
export const isHeldUp = ({ destination, record }: Route, { jobs, known, source }: CopyEvidence): boolean => {
  const last = jobs.at(-1) ?? known;
  if (last === undefined) return false;
  if (isLost(last)) return true;
  return (record?.lostCopies ?? []).some(
    (lost) => lost.source === source.id && lost.vault === destination.vaultArn && lost.goneAt > begunAt(last),
  );
};
