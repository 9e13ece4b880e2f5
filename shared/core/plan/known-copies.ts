import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { CopyJob, Job } from '../../model/job.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policies } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { KnownCopy, KnownPoint } from '../../model/vault-record.ts';
import { vaultOfPoint } from '../scene/copy-evidence.ts';
import { endOfEarlier } from '../scene/copy-status.ts';

/** What a run saw, as far as records depend on it. */
export interface RecordInput {
  readonly instance: string;
  readonly observation: Observation;
  readonly now: Instant;
  /** Which periods a copy fills; without them none. */
  readonly policies?: Pick<Policies, 'policies'>;
}

/** The same, and what it saw of one table. */
export interface Seen extends RecordInput {
  readonly jobs: readonly Job[];
  readonly points: readonly RecoveryPoint[];
  /** Whether a vault was listed to its end. */
  readonly isListed: (vault: string) => boolean;
}

type Slot = Pick<KnownPoint, 'policy' | 'slot' | 'tableId'>;

/** Returns the key of a slot of one incarnation under one policy. */
export const slotKey = ({ policy, slot, tableId }: Slot): string => `${slot} ${policy} ${tableId}`;

/** Of several in one vault the one that can be restored counts, and the one that lasts the longest: it comes last. */
const byWorth = (a: RecoveryPoint, b: RecoveryPoint): number =>
  Number(a.status === 'available') - Number(b.status === 'available') ||
  (a.deletesAt ?? Number.MAX_SAFE_INTEGER) - (b.deletesAt ?? Number.MAX_SAFE_INTEGER);

/** What is listed of the copies of one table, by what tells whose copy it is: looked up once for each recovery point, of which there may be thousands. */
export const copyIndex = ({ jobs, points }: Pick<Seen, 'jobs' | 'points'>) => {
  const own = jobs.filter((job): job is CopyJob => job.kind === 'copy' && job.isOwn);
  const copies = points.filter(({ copyOf }) => copyOf !== undefined).toSorted(byWorth);
  const rankOf = new Map(copies.map((copy, rank) => [copy, rank]));
  const bySource = Map.groupBy(copies, ({ copyOf }) => copyOf);
  const bySlot = Map.groupBy(copies, ({ origin, tableId }) => origin && slotKey({ ...origin, tableId }));
  const byId = new Map(points.map((point) => [point.id, point]));
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
    /** The one that a job made, whatever its tags say. */
    madeAs: ({ id = '' }: KnownCopy): RecoveryPoint | undefined => byId.get(id),
  };
};
export type CopyIndex = ReturnType<typeof copyIndex>;

/** A job that a run has only just begun may not be listed yet. */
const isOlder = (job: CopyJob, before: KnownCopy | undefined): boolean =>
  before !== undefined && before.jobId !== job.id && before.startedAt >= job.createdAt;

/** When the copy of a job ends: a run that was killed after it began the job noted nothing of that. */
const endOf = (
  { deleteAfterDays }: CopyJob,
  { createdAt }: KnownPoint,
  before: KnownCopy | undefined,
): Instant | undefined =>
  deleteAfterDays === undefined ? before?.deletesAt : createdAt + deleteAfterDays * DAY_MS;

const ofJobs = (
  jobs: readonly CopyJob[],
  before: KnownCopy | undefined,
  point: KnownPoint,
): KnownCopy | undefined => {
  const job = jobs.at(-1);
  if (job === undefined || isOlder(job, before)) return before;
  const deletesAt = endOf(job, point, before);
  const until = before?.jobId === job.id ? before.hadUntil : endOfEarlier(before);
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
    ...(until !== undefined && { hadUntil: until }),
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

/** Whether AWS Backup deleted a copy by now, as it was told when the copy was made. */
export const isOver = ({ deletesAt }: Pick<KnownCopy, 'deletesAt'>, now: Instant): boolean =>
  deletesAt !== undefined && deletesAt < now;

/** A completed copy that a whole list does not show was deleted. */
const isGone = (copy: KnownCopy, listed: RecoveryPoint | undefined, { isListed, now }: Seen): boolean =>
  copy.state === 'completed' &&
  listed === undefined &&
  isListed(copy.vault) &&
  now - (copy.endedAt ?? copy.startedAt) > DAY_MS;

/** What becomes of a copy: one whose days are over stays noted as such, so that it is not made again. */
const laterOf = (
  copy: KnownCopy,
  listed: RecoveryPoint | undefined,
  seen: Seen & { readonly isOfUse: (copy: KnownCopy) => boolean },
): readonly KnownCopy[] => {
  const { isEnded: _, ...rest } = copy;
  if (!isOver(copy, seen.now)) return isGone(copy, listed, seen) ? [] : [rest];
  return copy.state === 'completed' && seen.isOfUse(copy) ? [{ ...rest, isEnded: true }] : [];
};

/** Lists the copies of a recovery point that are there, on their way or ended, by vault: what is listed now, and of the rest what was known. */
export const copiesOf = (
  point: KnownPoint,
  index: CopyIndex,
  seen: Seen & { readonly isOfUse: (copy: KnownCopy) => boolean },
): readonly KnownCopy[] => {
  const jobs = index.jobsOf(point);
  const listed = new Map(index.copiesOf(point).map((copy) => [vaultOfPoint(copy) ?? '', copy]));
  const copies = new Map((point.copies ?? []).map((copy) => [copy.vault, copy]));
  for (const [vault, toVault] of Map.groupBy(jobs, ({ destination }) => destination)) {
    const copy = ofJobs(toVault, copies.get(vault), point);
    if (copy !== undefined) copies.set(vault, copy);
  }
  for (const [vault, copy] of listed) {
    // What came to nothing and lies there is not the copy that a job made: that may have lost its tags, and is known by its id alone.
    if (copy.status === 'unusable' && copies.has(vault)) listed.delete(vault);
    else copies.set(vault, ofListed(copy, vault, copies.get(vault)));
  }
  return [...copies.values()]
    .flatMap((copy) => laterOf(copy, listed.get(copy.vault) ?? index.madeAs(copy), seen))
    .toSorted((a, b) => (a.vault < b.vault ? -1 : 1));
};
