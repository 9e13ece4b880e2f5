import type { Instant } from '../../model/instant.ts';
import { DAY_MS } from '../../model/instant.ts';
import { type CopyJob, isGoingOn, type Job } from '../../model/job.ts';
import type { Observation } from '../../model/observation.ts';
import type { Done, Outcome } from '../../model/outcome.ts';
import { isCopy, type RecoveryPoint } from '../../model/recovery-point.ts';
import { isKeptByAwsBackup } from '../../model/vault-arn.ts';
import type { KnownAttempt, KnownCopy, KnownPoint, LostCopy, VaultRecord } from '../../model/vault-record.ts';
import { vaultOfPoint } from '../scene/copies.ts';
import { vaultsListed } from '../scene/remembered-points.ts';

/** AWS lists a job for 30 days after it ended; an attempt is of use for as long. */
const ATTEMPT_MS = 40 * DAY_MS;

/** As many ids fit into one item of the state table many times over; of more, tags are read again. */
const MOST_STRANGERS = 1_000;

/** What a run saw, as far as records depend on it. */
export interface RecordInput {
  readonly instance: string;
  readonly observation: Observation;
  readonly now: Instant;
}

interface Seen extends RecordInput {
  readonly jobs: readonly Job[];
  readonly points: readonly RecoveryPoint[];
  /** Whether a vault was listed to its end. */
  readonly isListed: (vault: string) => boolean;
}

type Slot = Pick<KnownPoint, 'policy' | 'slot' | 'tableId'>;

const slotKey = ({ policy, slot, tableId }: Slot): string => `${slot} ${policy} ${tableId}`;

/** Of several in one vault the one that can be restored counts, and the one that lasts the longest: it comes last. */
const byWorth = (a: RecoveryPoint, b: RecoveryPoint): number =>
  Number(a.status === 'available') - Number(b.status === 'available') ||
  (a.deletesAt ?? Number.MAX_SAFE_INTEGER) - (b.deletesAt ?? Number.MAX_SAFE_INTEGER);

/** What is listed of the copies of one table, by what tells whose copy it is: looked up once for each recovery point, of which there may be thousands. */
const copyIndex = ({ jobs, points }: Pick<Seen, 'jobs' | 'points'>) => {
  const own = jobs.filter((job): job is CopyJob => job.kind === 'copy' && job.isOwn);
  const copies = points.filter(({ copyOf }) => copyOf !== undefined).toSorted(byWorth);
  const rankOf = new Map(copies.map((copy, rank) => [copy, rank]));
  const bySource = Map.groupBy(copies, ({ copyOf }) => copyOf);
  const bySlot = Map.groupBy(copies, ({ origin, tableId }) => origin && slotKey({ ...origin, tableId }));
  const jobsBySource = Map.groupBy(
    own.toSorted((a, b) => a.createdAt - b.createdAt),
    ({ sourceId }) => sourceId,
  );
  return {
    jobsOf: ({ id }: KnownPoint): readonly CopyJob[] => jobsBySource.get(id) ?? [],
    /** By their worth, the best last. */
    copiesOf: (point: KnownPoint): readonly RecoveryPoint[] =>
      [...new Set([...(bySource.get(point.id) ?? []), ...(bySlot.get(slotKey(point)) ?? [])])].toSorted(
        (a, b) => (rankOf.get(a) ?? 0) - (rankOf.get(b) ?? 0),
      ),
  };
};
type CopyIndex = ReturnType<typeof copyIndex>;

/** A job that a run has only just begun may not be listed yet. */
const isOlder = (job: CopyJob, before: KnownCopy | undefined): boolean =>
  before !== undefined && before.jobId !== job.id && before.startedAt >= job.createdAt;

const ofJobs = (jobs: readonly CopyJob[], before: KnownCopy | undefined): KnownCopy | undefined => {
  const job = jobs.at(-1);
  if (job === undefined || isOlder(job, before)) return before;
  const deletesAt = before?.deletesAt;
  const counted = before === undefined ? 0 : before.attempt + (before.jobId === job.id ? 0 : 1);
  return {
    vault: job.destination,
    attempt: Math.max(counted, jobs.length),
    jobId: job.id,
    ...(job.copyId !== undefined && { id: job.copyId }),
    state: job.state,
    startedAt: job.createdAt,
    ...(job.endedAt !== undefined && { endedAt: job.endedAt }),
    ...(job.cause !== undefined && { cause: job.cause }),
    ...(job.message !== undefined && { message: job.message }),
    ...(deletesAt !== undefined && { deletesAt }),
  };
};

/** A copy that is there although no job of ours is listed any more: its state is what the list says. */
const ofListed = (point: RecoveryPoint, vault: string, before: KnownCopy | undefined): KnownCopy => ({
  ...(before ?? { vault, attempt: 1, startedAt: point.createdAt }),
  vault,
  id: point.id,
  state:
    before?.state === 'running' || before?.state === 'waiting' || point.status === 'unusable'
      ? (before?.state ?? 'partial')
      : 'completed',
  ...(point.deletesAt !== undefined && { deletesAt: point.deletesAt }),
});

const isOver = ({ deletesAt }: KnownCopy, now: Instant): boolean =>
  deletesAt !== undefined && deletesAt < now;

/** A completed copy that a whole list does not show was deleted. */
const isGone = (copy: KnownCopy, listed: RecoveryPoint | undefined, { isListed, now }: Seen): boolean =>
  isOver(copy, now) ||
  (copy.state === 'completed' &&
    listed === undefined &&
    isListed(copy.vault) &&
    now - (copy.endedAt ?? copy.startedAt) > DAY_MS);

const copiesOf = (point: KnownPoint, index: CopyIndex, seen: Seen): readonly KnownCopy[] => {
  const jobs = index.jobsOf(point);
  const listed = new Map(index.copiesOf(point).map((copy) => [vaultOfPoint(copy) ?? '', copy]));
  const copies = new Map((point.copies ?? []).map((copy) => [copy.vault, copy]));
  for (const [vault, toVault] of Map.groupBy(jobs, ({ destination }) => destination)) {
    const copy = ofJobs(toVault, copies.get(vault));
    if (copy !== undefined) copies.set(vault, copy);
  }
  for (const [vault, copy] of listed) copies.set(vault, ofListed(copy, vault, copies.get(vault)));
  return [...copies.values()]
    .filter((copy) => !isGone(copy, listed.get(copy.vault), seen))
    .toSorted((a, b) => (a.vault < b.vault ? -1 : 1));
};

const isOwnAtHome = (point: RecoveryPoint, { instance, observation: { target } }: Seen): boolean =>
  point.engine === 'aws-backup' &&
  point.origin?.instance === instance &&
  point.job === undefined &&
  point.status !== 'deleted' &&
  !isCopy(point, target);

const knownOf = (point: RecoveryPoint): readonly KnownPoint[] => {
  const { createdAt, id, origin, tableId } = point;
  const vault = vaultOfPoint(point);
  return origin === undefined || vault === undefined
    ? []
    : [{ id, vault, policy: origin.policy, slot: origin.slot, tableId, createdAt }];
};

/** SAFETY: only a whole list of its vault shows that a recovery point is gone; after that its vault is asked about it no more. */
const goneSince = (
  { goneAt, id, vault }: KnownPoint,
  listed: ReadonlyMap<string, KnownPoint>,
  { isListed, now }: Seen,
): Instant | undefined => {
  if (listed.has(id)) return undefined;
  return goneAt ?? (isListed(vault) ? now : undefined);
};

/** A point that a whole list does not show is forgotten with the last of its copies. */
const pointsOf = (
  before: VaultRecord | undefined,
  own: readonly RecoveryPoint[],
  seen: Seen,
): readonly KnownPoint[] => {
  const listed = new Map(own.flatMap(knownOf).map((point) => [point.id, point]));
  const known = new Map((before?.points ?? []).map((point) => [point.id, point]));
  const index = copyIndex(seen);
  const all = [...known.values(), ...[...listed.values()].filter(({ id }) => !known.has(id))];
  return all
    .map(({ copies: _, goneAt: goneBefore, ...point }) => {
      const copies = copiesOf({ ...point, ...(known.get(point.id) ?? {}) }, index, seen);
      const goneAt = goneSince(
        { ...point, ...(goneBefore !== undefined && { goneAt: goneBefore }) },
        listed,
        seen,
      );
      return { ...point, ...(goneAt !== undefined && { goneAt }), ...(copies.length > 0 && { copies }) };
    })
    .filter(({ copies, goneAt }) => goneAt === undefined || copies !== undefined)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

/** Only such points have tags that were read; of the others nothing was asked. */
const isStranger = ({ engine, id, origin }: RecoveryPoint): boolean =>
  engine === 'aws-backup' && origin === undefined && isKeptByAwsBackup(id);

const attemptsOf = (
  before: VaultRecord | undefined,
  points: readonly KnownPoint[],
  { jobs, now }: Seen,
): readonly KnownAttempt[] => {
  const made = new Set(points.map(slotKey));
  const running = new Set(jobs.filter(({ state }) => isGoingOn(state)).map(({ id }) => id));
  return (before?.attempts ?? []).filter(
    (attempt) =>
      running.has(attempt.jobId) || (!made.has(slotKey(attempt)) && now - attempt.startedAt < ATTEMPT_MS),
  );
};

/** How long the loss of a copy is reported, so that people can investigate it. */
const LOST_MS = 7 * DAY_MS;

const keyOf = ({ source, vault }: Pick<LostCopy, 'source' | 'vault'>): string => `${vault} ${source}`;

/**
 * What was completed, is not over, and a whole list does not show any more. Nothing here deletes a copy, and AWS Backup none before its time, so that
 * somebody did.
 */
const newlyLost = (
  { points = [] }: Partial<VaultRecord>,
  left: readonly KnownPoint[],
  { now }: Seen,
): readonly LostCopy[] => {
  const there = new Set(
    left.flatMap(({ copies = [], id }) => copies.map(({ vault }) => keyOf({ source: id, vault }))),
  );
  return points.flatMap(({ copies = [], createdAt, id: source, policy }) =>
    copies
      .filter((copy) => copy.state === 'completed' && !isOver(copy, now))
      .map(({ vault }) => ({ vault, policy, source, createdAt, goneAt: now }))
      .filter((copy) => !there.has(keyOf(copy))),
  );
};

/** One that is there again, as another copy of the same source, was deleted all the same. */
const lostCopiesOf = (
  before: VaultRecord | undefined,
  left: readonly KnownPoint[],
  seen: Seen,
): readonly LostCopy[] => {
  const known = (before?.lostCopies ?? []).filter(({ goneAt }) => seen.now - goneAt < LOST_MS);
  const lost = newlyLost(before ?? {}, left, seen);
  const all = new Map([...known, ...lost].map((copy) => [keyOf(copy), copy]));
  return [...all.values()].toSorted((a, b) => a.createdAt - b.createdAt || (keyOf(a) < keyOf(b) ? -1 : 1));
};

const recordOf = (table: string, before: VaultRecord | undefined, seen: Seen): VaultRecord | undefined => {
  const points = pointsOf(
    before,
    seen.points.filter((point) => isOwnAtHome(point, seen)),
    seen,
  );
  const strangers = seen.points
    .filter(isStranger)
    .map(({ id }) => id)
    .toSorted()
    .slice(0, MOST_STRANGERS);
  const attempts = attemptsOf(before, points, seen);
  const lostCopies = lostCopiesOf(before, points, seen);
  if (points.length + strangers.length + attempts.length + lostCopies.length === 0) return undefined;
  return {
    recordedTable: table,
    version: 1,
    points,
    ...(strangers.length > 0 && { strangers }),
    ...(attempts.length > 0 && { attempts }),
    ...(lostCopies.length > 0 && { lostCopies }),
  };
};

const byTable = (a: VaultRecord, b: VaultRecord): number => (a.recordedTable < b.recordedTable ? -1 : 1);

/**
 * Returns what to remember of jobs, recovery points and copies in vaults: everything from the first time that it was seen, for as long as it is there
 * or could be. A run that did not look at vaults changes nothing.
 */
export const nextVaultRecords = (
  before: readonly VaultRecord[] | undefined,
  input: RecordInput,
): readonly VaultRecord[] | undefined => {
  const { observation } = input;
  const { facets, jobs, recoveryPoints } = observation;
  if (!facets.includes('vaults')) return before;
  const ofVaults = recoveryPoints.filter(({ engine }) => engine === 'aws-backup');
  const pointsBy = Map.groupBy(ofVaults, ({ tableName }) => tableName);
  const jobsBy = Map.groupBy(jobs ?? [], ({ table }) => table);
  const records = new Map(before?.map((record) => [record.recordedTable, record]));
  const isListed = vaultsListed(observation);
  const next = [...new Set([...records.keys(), ...pointsBy.keys()])].flatMap((table) => {
    const seen = { ...input, isListed, jobs: jobsBy.get(table) ?? [], points: pointsBy.get(table) ?? [] };
    return recordOf(table, records.get(table), seen) ?? [];
  });
  return next.length === 0 ? undefined : next.toSorted(byTable);
};

type Started = Done & Required<Pick<Done, 'job'>>;

const isHeld = ({ action, status, ...rest }: Outcome): boolean =>
  action.kind === 'expire' &&
  status === 'deferred' &&
  'failure' in rest &&
  rest.failure.kind === 'own' &&
  rest.failure.code === 'held';

/** Notes what AWS Backup would not delete, so that it is not asked every day. */
const withHeld = (record: VaultRecord, outcomes: readonly Outcome[], now: Instant): VaultRecord => {
  const held = new Set(
    outcomes.flatMap(({ action }) => (action.kind === 'expire' ? [action.recoveryPoint.id] : [])),
  );
  const points = record.points.map((point) => (held.has(point.id) ? { ...point, heldAt: now } : point));
  return { ...record, points };
};

const isStarted = (outcome: Outcome): outcome is Started =>
  outcome.status === 'done' && outcome.job !== undefined;

const withAttempt = (record: VaultRecord, { action, job }: Started): VaultRecord => {
  if (action.kind !== 'create' || action.job === undefined) return record;
  const { policy, slot, tableId } = action;
  const attempt = {
    jobId: job.id,
    policy,
    slot,
    tableId,
    attempt: action.job.attempt,
    startedAt: job.startedAt,
  };
  const others = (record.attempts ?? []).filter(({ jobId }) => jobId !== job.id);
  return { ...record, attempts: [...others, attempt] };
};

const withCopy = (record: VaultRecord, { action, job }: Started): VaultRecord => {
  if (action.kind !== 'copy') return record;
  const { attempt, deleteAfterDays, destination: vault, recoveryPoint } = action;
  const deletesAt = recoveryPoint.createdAt + deleteAfterDays * DAY_MS;
  const copy: KnownCopy = {
    vault,
    attempt,
    jobId: job.id,
    state: 'waiting',
    startedAt: job.startedAt,
    deletesAt,
  };
  const points = record.points.map((point) =>
    point.id === recoveryPoint.id
      ? { ...point, copies: [...(point.copies ?? []).filter((one) => one.vault !== vault), copy] }
      : point,
  );
  return { ...record, points };
};

/** Adds what came of a run: the jobs that it began, so that the next one knows for which slot and how often each was tried, and what was held. */
export const withOutcomes = (
  records: readonly VaultRecord[] | undefined,
  outcomes: readonly Outcome[],
  now: Instant,
): readonly VaultRecord[] | undefined => {
  const started = outcomes.filter(isStarted);
  const held = Map.groupBy(outcomes.filter(isHeld), ({ action }) => action.table);
  if (started.length + held.size === 0) return records;
  const all = new Map(records?.map((record) => [record.recordedTable, record]));
  for (const outcome of started) {
    const { table } = outcome.action;
    const record = all.get(table) ?? { recordedTable: table, version: 1, points: [] };
    all.set(table, withCopy(withAttempt(record, outcome), outcome));
  }
  for (const [table, ofTable] of held) {
    const record = all.get(table);
    if (record !== undefined) all.set(table, withHeld(record, ofTable, now));
  }
  return [...all.values()].toSorted(byTable);
};
