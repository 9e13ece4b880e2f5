import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { CopyJob } from '../../model/job.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { isKeptByAwsBackup } from '../../model/vault-arn.ts';
import type { KnownCopy } from '../../model/vault-record.ts';
import type { Attempt } from './attempts.ts';
import { isUnderWay } from './vault-jobs.ts';

/**
 * How a copy stands. `there`: it can be restored · `going-on`: a job makes it · `missing`: it was not begun, or what was begun came to nothing ·
 * `impossible`: AWS Backup copies no such recovery point · `unseen`: what is there could not be read.
 */
export type CopyStatus =
  | {
      readonly kind: 'there';
      readonly id?: string;
      /** When AWS Backup deletes it; absent where it does not, or where that is not known. */
      readonly deletesAt?: Instant;
    }
  | {
      readonly kind: 'going-on';
      readonly since: Instant;
      readonly isWaiting: boolean;
      /** All that was begun, also what came to nothing before. */
      readonly attempts: readonly Attempt[];
    }
  | { readonly kind: 'missing'; readonly attempts: readonly Attempt[] }
  | { readonly kind: 'impossible'; readonly why: 'kept-by-dynamodb' | 'cold' | 'same-vault' }
  | { readonly kind: 'unseen' };

/** What shows one copy: the copy itself in a list, the jobs of it, and what is remembered. */
export interface CopyEvidence {
  readonly source: RecoveryPoint;
  /** All that the vault lists of its source, by mark or by job. */
  readonly listed: readonly RecoveryPoint[];
  /** Oldest first. */
  readonly jobs: readonly CopyJob[];
  readonly known: KnownCopy | undefined;
  /** Whether the vault was listed whole, so that a copy that is not listed is not there. */
  readonly isListedWhole: boolean;
  /** Whether it should have been listed and was not. */
  readonly isUnseen: boolean;
  /** Whether the vault to copy to is the one that the source is in. */
  readonly isSameVault: boolean;
}

const RESTORABLE: readonly RecoveryPoint['status'][] = ['available', 'unknown'];

/** Of several the one that lasts the longest; one that came to nothing may lie beside it. */
const lasting = (listed: readonly RecoveryPoint[]): RecoveryPoint | undefined =>
  listed
    .filter(({ status }) => RESTORABLE.includes(status))
    .toSorted(
      (a, b) => (b.deletesAt ?? Number.POSITIVE_INFINITY) - (a.deletesAt ?? Number.POSITIVE_INFINITY),
    )[0];

/** A job that has only just ended is not in every list yet. */
const LISTED_LATE_MS = DAY_MS / 24;

const isFresh = ({ state, endedAt }: CopyJob, now: Instant): boolean =>
  state === 'completed' && now - (endedAt ?? 0) < LISTED_LATE_MS;

/** Whether the days of the newest copy that was noted are over, and no job was begun since. */
export const isCopyEnded = ({ jobs, known }: Pick<CopyEvidence, 'jobs' | 'known'>, now: Instant): boolean =>
  known?.state === 'completed' &&
  (known.isEnded === true || (known.deletesAt !== undefined && known.deletesAt <= now)) &&
  jobs.every(({ createdAt, id }) => id === known.jobId || createdAt <= known.startedAt);

/** When the days are over of the copy that a place had before another one was begun, which may come to nothing. */
export const endOfEarlier = (known: KnownCopy | undefined): Instant | undefined =>
  known?.state === 'completed' ? (known.deletesAt ?? known.hadUntil) : known?.hadUntil;

/** Until when the copy of a place was there that had its days, also where another was begun since and came to nothing. */
export const hadUntil = (known: KnownCopy | undefined, now: Instant): Instant | undefined => {
  if (known?.state !== 'completed' || known.deletesAt === undefined) return known?.hadUntil;
  return known.isEnded === true || known.deletesAt <= now ? known.deletesAt : known.hadUntil;
};

const isDone = (evidence: CopyEvidence, now: Instant): boolean => {
  const { jobs, known, isListedWhole } = evidence;
  const states = [...jobs, ...(known === undefined ? [] : [known])];
  return !isListedWhole && !isCopyEnded(evidence, now) && states.some(({ state }) => state === 'completed');
};

/** What a copy job made, by what AWS Backup was told; its end is unknown where the service does not repeat it. */
export const madeBy = (
  { copyId, deleteAfterDays }: CopyJob,
  { createdAt }: RecoveryPoint,
): { readonly id?: string; readonly deletesAt?: Instant } => ({
  ...(copyId !== undefined && { id: copyId }),
  ...(deleteAfterDays !== undefined && { deletesAt: createdAt + deleteAfterDays * DAY_MS }),
});

/** What a job made that no run has noted yet: one that goes on beside this one may have begun it. */
const newestMade = ({ jobs, known, source }: CopyEvidence) => {
  const job = jobs.findLast(({ state }) => state === 'completed');
  const isNoted = job === undefined || job.id === known?.jobId || job.createdAt < (known?.startedAt ?? 0);
  return isNoted || job.deleteAfterDays === undefined ? undefined : madeBy(job, source);
};

const thereOf = (evidence: CopyEvidence, now: Instant): CopyStatus | undefined => {
  const { jobs, known, listed } = evidence;
  const copy = lasting(listed);
  const fresh = jobs.some((job) => isFresh(job, now));
  if (copy !== undefined && !fresh) {
    const { deletesAt, id } = copy;
    return { kind: 'there', id, ...(deletesAt !== undefined && { deletesAt }) };
  }
  if (!fresh && !isDone(evidence, now)) return undefined;
  const { deletesAt, id } = newestMade(evidence) ?? known ?? {};
  return { kind: 'there', ...(id !== undefined && { id }), ...(deletesAt !== undefined && { deletesAt }) };
};

const goingOf = ({ jobs }: CopyEvidence, now: Instant): CopyStatus | undefined => {
  const going = jobs.findLast((job) => isUnderWay(job, now));
  return (
    going && {
      kind: 'going-on',
      since: going.createdAt,
      isWaiting: going.state === 'waiting',
      attempts: jobs,
    }
  );
};

/** What was begun of a copy that is not there. */
const attemptsIn = ({ jobs, known }: CopyEvidence): readonly Attempt[] =>
  jobs.length === 0 && known !== undefined
    ? [{ ...known, id: known.jobId, createdAt: known.startedAt }]
    : jobs;

const missingOf = (evidence: CopyEvidence): CopyStatus => {
  const { isUnseen, source } = evidence;
  if (isUnseen) return { kind: 'unseen' };
  if (!isKeptByAwsBackup(source.id)) return { kind: 'impossible', why: 'kept-by-dynamodb' };
  if (source.isCold === true) return { kind: 'impossible', why: 'cold' };
  return { kind: 'missing', attempts: attemptsIn(evidence) };
};

const SAME_VAULT: CopyStatus = { kind: 'impossible', why: 'same-vault' };

/** Decides how a copy stands, by what shows it. */
export const copyStatusOf = (evidence: CopyEvidence, now: Instant): CopyStatus =>
  // What the vault lists is the source.
  (evidence.isSameVault ? SAME_VAULT : undefined) ??
  thereOf(evidence, now) ??
  goingOf(evidence, now) ??
  missingOf(evidence);

/** Decides how another copy of what has one stands, because that one is about to go. */
export const renewalStatusOf = (evidence: CopyEvidence, now: Instant): CopyStatus =>
  (evidence.isSameVault ? SAME_VAULT : undefined) ?? goingOf(evidence, now) ?? missingOf(evidence);
