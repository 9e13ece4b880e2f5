import { DAY_MS, type Instant } from '../../model/instant.ts';
import { type CopyJob, isGoingOn, type Job } from '../../model/job.ts';
import type { Observation } from '../../model/observation.ts';
import type { CopyDestination, Policy } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { isKeptByAwsBackup, parseVaultArn, vaultArn } from '../../model/vault-arn.ts';
import type { KnownCopy, KnownPoint, VaultRecord } from '../../model/vault-record.ts';
import type { Attempt } from './attempts.ts';
import { type CopyTerms, copyTermsOf } from './copy-terms.ts';
import type { OwnedRecoveryPoints } from './own-points.ts';
import type { Stream } from './stream.ts';
import { isUnderWay, type VaultSight } from './vault-jobs.ts';

/** With less of its life left when it would be made, a copy is not worth making. */
const LEAST_LIFE_MS = DAY_MS;

/**
 * How a copy stands. `there`: it can be restored · `going-on`: a job makes it · `missing`: it was not begun, or what was begun came to nothing ·
 * `impossible`: AWS Backup copies no such recovery point · `unseen`: what is there could not be read.
 */
export type CopyStatus =
  | { readonly kind: 'there'; readonly id?: string }
  | { readonly kind: 'going-on'; readonly since: Instant; readonly isWaiting: boolean }
  | { readonly kind: 'missing'; readonly attempts: readonly Attempt[] }
  | { readonly kind: 'impossible'; readonly why: 'kept-by-dynamodb' | 'cold' }
  | { readonly kind: 'unseen' };

/** A copy that a policy asks for, of one recovery point in one vault. */
export interface WantedCopy {
  readonly table: string;
  readonly policy: Policy;
  readonly destination: CopyDestination;
  readonly source: RecoveryPoint;
  readonly terms: CopyTerms;
  /** How many attempts were begun. */
  readonly attempts: number;
  readonly status: CopyStatus;
}

/** What copies are found in. */
export interface CopySight extends VaultSight {
  readonly copies: ReadonlyMap<string, OwnedRecoveryPoints>;
  readonly observation: Pick<Observation, 'gaps' | 'target'>;
  readonly now: Instant;
}

/** The ARN of the vault that a recovery point is in; undefined for a backup of DynamoDB. */
export const vaultOfPoint = ({
  location: { target, vault },
}: Pick<RecoveryPoint, 'location'>): string | undefined =>
  vault === undefined ? undefined : vaultArn({ target, name: vault });

const isCopyTo = (job: Job, sourceId: string, vault: string): job is CopyJob =>
  job.kind === 'copy' && job.isOwn && job.sourceId === sourceId && job.destination === vault;

const RESTORABLE: readonly RecoveryPoint['status'][] = ['available', 'unknown'];

const isRestorable = ({ status }: Pick<RecoveryPoint, 'status'>): boolean => RESTORABLE.includes(status);

const byStart = (a: CopyJob, b: CopyJob): number => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

/** What shows one copy: the copy itself in a list, the jobs of it, and what is remembered. */
interface Evidence {
  readonly listed: RecoveryPoint | undefined;
  readonly jobs: readonly CopyJob[];
  readonly known: KnownCopy | undefined;
  /** Whether the vault was listed whole, so that a copy that is not listed is not there. */
  readonly isListedWhole: boolean;
}

const attemptsIn = ({ jobs, known }: Evidence): readonly Attempt[] =>
  jobs.length === 0 && known !== undefined ? [{ ...known, createdAt: known.startedAt }] : jobs;

const isDone = ({ jobs, known, isListedWhole }: Evidence): boolean => {
  const states = [...jobs, ...(known === undefined ? [] : [known])];
  return !isListedWhole && states.some(({ state }) => state === 'completed');
};

/** A job that has only just ended is not in every list yet. */
const LISTED_LATE_MS = DAY_MS / 24;

const isFresh = ({ state, endedAt }: CopyJob, now: Instant): boolean =>
  state === 'completed' && now - (endedAt ?? 0) < LISTED_LATE_MS;

const statusOf = (evidence: Evidence, source: RecoveryPoint, isUnseen: boolean, now: Instant): CopyStatus => {
  const { listed, jobs, known } = evidence;
  if (listed !== undefined && isRestorable(listed)) return { kind: 'there', id: listed.id };
  if (isDone(evidence) || jobs.some((job) => isFresh(job, now)))
    return { kind: 'there', ...(known?.id !== undefined && { id: known.id }) };
  const going = jobs.findLast((job) => isUnderWay(job, now));
  if (going !== undefined)
    return { kind: 'going-on', since: going.createdAt, isWaiting: going.state === 'waiting' };
  if (isUnseen) return { kind: 'unseen' };
  if (!isKeptByAwsBackup(source.id)) return { kind: 'impossible', why: 'kept-by-dynamodb' };
  if (source.isCold === true) return { kind: 'impossible', why: 'cold' };
  return { kind: 'missing', attempts: attemptsIn(evidence) };
};

interface OfStream {
  readonly stream: Stream;
  readonly destination: CopyDestination;
  readonly record: VaultRecord | undefined;
  readonly sight: CopySight;
  readonly listed: readonly RecoveryPoint[];
}

const copyOf = (of: OfStream, source: RecoveryPoint, terms: CopyTerms): WantedCopy => {
  const { stream, destination, record, sight, listed } = of;
  const { table, policy } = stream;
  const vault = destination.vaultArn;
  const known = record?.points
    .find(({ id }) => id === source.id)
    ?.copies?.find((copy) => copy.vault === vault);
  const jobs = sight
    .jobsOf(table)
    .filter((job) => isCopyTo(job, source.id, vault))
    .toSorted(byStart);
  const isUnread = stream.unseen === true || sight.observation.gaps.some((gap) => gap.vault === vault);
  const isListable = parseVaultArn(vault)?.target.accountId === sight.observation.target.accountId;
  const ofSource = listed.filter(
    ({ copyOf: sourceId, origin, tableId }) =>
      sourceId === source.id || (origin?.slot === source.origin?.slot && tableId === source.tableId),
  );
  const evidence = {
    // One that came to nothing may lie beside the one that was made after it.
    listed: ofSource.find(isRestorable) ?? ofSource[0],
    jobs,
    known,
    isListedWhole: isListable && !isUnread,
  };
  return {
    table,
    policy,
    destination,
    source,
    terms,
    attempts: Math.max(known?.attempt ?? 0, jobs.length),
    status: statusOf(evidence, source, isUnread, sight.now),
  };
};

const lifeMs = ({ source, terms }: WantedCopy, now: Instant): number =>
  source.createdAt + terms.deleteAfterDays * DAY_MS - now;

/** What was tried in time and held up is still owed: it gets the days of its rule from when it is made. */
const withWholeLife = (copy: WantedCopy, now: Instant): WantedCopy => {
  const ageDays = Math.ceil((now - copy.source.createdAt) / DAY_MS);
  return { ...copy, terms: { ...copy.terms, deleteAfterDays: ageDays + copy.terms.deleteAfterDays } };
};

const isSource = ({ recoveryPoint, unasked }: Stream['points'][number]): boolean =>
  recoveryPoint.status === 'available' && recoveryPoint.location.vault !== undefined && unasked === undefined;

/** What was copied before counts for its period although it is gone at home; what was only tried does not. */
const gonePoints = (record: VaultRecord | undefined, policy: Policy, vault: string): readonly KnownPoint[] =>
  (record?.points ?? []).filter(
    (point) =>
      point.policy === policy.name &&
      point.copies?.some(
        (copy) => copy.vault === vault && (copy.state === 'completed' || isGoingOn(copy.state)),
      ) === true,
  );

/** SAFETY: a table that was made again is another one: the copies of the former fill no period of it. */
const ofIncarnation = (
  of: OfStream,
  tableId: string,
  sources: readonly RecoveryPoint[],
): readonly WantedCopy[] => {
  const { stream, destination, record, sight } = of;
  const fit = sources.filter(({ id, isCold }) => isKeptByAwsBackup(id) && isCold !== true);
  const gone = gonePoints(record, stream.policy, destination.vaultArn).filter(
    (point) => point.tableId === tableId,
  );
  const times = [...new Set([...fit, ...gone].map(({ createdAt }) => createdAt))].toSorted((a, b) => a - b);
  const terms = copyTermsOf(stream.policy, destination, times);
  const unfit = copyTermsOf(
    stream.policy,
    destination,
    sources.map(({ createdAt }) => createdAt).toSorted((a, b) => a - b),
  );
  return sources.flatMap((source) => {
    const of1 =
      terms.get(source.createdAt) ?? (fit.includes(source) ? undefined : unfit.get(source.createdAt));
    if (of1 === undefined) return [];
    const copy = copyOf(of, source, of1);
    if (copy.status.kind !== 'missing' || lifeMs(copy, sight.now) >= LEAST_LIFE_MS) return [copy];
    return copy.attempts === 0 ? [] : [withWholeLife(copy, sight.now)];
  });
};

const copiesTo = (of: OfStream): readonly WantedCopy[] => {
  const sources = of.stream.points.filter(isSource).map(({ recoveryPoint }) => recoveryPoint);
  return [...Map.groupBy(sources, ({ tableId }) => tableId)].flatMap(([tableId, ofTable]) =>
    ofIncarnation(of, tableId, ofTable),
  );
};

/** Lists the copies that policies ask for, by table, policy, destination in the order of the file, and source, newest first. */
export const wantedCopies = (streams: readonly Stream[], sight: CopySight): readonly WantedCopy[] =>
  streams.flatMap((stream) => {
    const destinations = stream.policy.vault?.copyTo ?? [];
    if (destinations.length === 0) return [];
    const record = sight.recordOf(stream.table);
    const copies = [...sight.copies.values()].filter(
      ({ policy, table }) => table === stream.table && policy === stream.policy.name,
    );
    const points = copies.flatMap((ofStream) => ofStream.points.map(({ recoveryPoint }) => recoveryPoint));
    return destinations.flatMap((destination) =>
      copiesTo({
        stream,
        destination,
        record,
        sight,
        listed: points.filter((point) => vaultOfPoint(point) === destination.vaultArn),
      }),
    );
  });
