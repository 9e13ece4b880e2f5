import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { CopyDestination, Policy } from '../../model/policy.ts';
import { isCountedPeriod, PERIOD_DAYS } from '../policy/reach-days.ts';
import type { CopyStatus } from './copy-status.ts';
import { type CopyTerms, copyDaysOf, copyReaches } from './copy-terms.ts';

/** What a copy may take after its source is there: the next run, a queue, the copy itself. */
export const COPY_GRACE_MS = 12 * HOUR_MS;

/** The last copy is made again when so much of its life is left, or a quarter of it where that is less. */
const LEAST_LEFT_MS = 7 * DAY_MS;

/** A copy that a destination has, whether or not its source is still at home. */
export interface CopyThere {
  /** When its source was made. */
  readonly createdAt: Instant;
  readonly deletesAt?: Instant | undefined;
}

/** After how long a destination takes another recovery point, at the latest, while the schedule is met. */
const takesEveryMs = (policy: Policy, destination: CopyDestination): number =>
  Math.min(
    ...copyReaches(policy, destination).map(({ rule }) =>
      Math.max(policy.rpoMs, isCountedPeriod(rule) ? PERIOD_DAYS[rule] * DAY_MS : 0),
    ),
  );

/** Returns what the last copy is kept for where no rule takes its source: as long as the longest rule keeps anything. */
export const longestTerms = (policy: Policy, destination: CopyDestination): CopyTerms | undefined => {
  const [longest] = copyReaches(policy, destination);
  return longest === undefined
    ? undefined
    : { ...longest, deleteAfterDays: copyDaysOf(longest, destination.coldAfterDays) };
};

/**
 * How much is left of a copy's life when the last one is made again. SAFETY: its life is counted by what the destination keeps anything for, and not from when
 * its source was made: one that was made late of an old source would be ending as soon as it is there, and be made again at every run.
 */
const leastLeftMs = (
  { createdAt, deletesAt }: Required<CopyThere>,
  policy: Policy,
  destination: CopyDestination,
) => {
  const days = longestTerms(policy, destination)?.deleteAfterDays ?? 0;
  const lifeMs = Math.min(days * DAY_MS, (deletesAt ?? 0) - createdAt);
  return Math.min(LEAST_LEFT_MS, lifeMs / 4) + COPY_GRACE_MS;
};

/** Whether AWS Backup deletes a copy soon although no newer one came when it should have. */
const isEnding = (
  { createdAt, deletesAt }: CopyThere,
  {
    destination,
    now,
    policy,
  }: { readonly destination: CopyDestination; readonly now: Instant; readonly policy: Policy },
): boolean => {
  if (deletesAt === undefined) return false;
  const isOverdue = now - createdAt > takesEveryMs(policy, destination) + COPY_GRACE_MS;
  return isOverdue && deletesAt - now < leastLeftMs({ createdAt, deletesAt }, policy, destination);
};

const PENDING: readonly CopyStatus['kind'][] = ['going-on', 'missing', 'unseen'];

/**
 * SAFETY: AWS Backup deletes copies by their age alone, also while backups stand still. Decides whether a destination is without a copy, or about to be, so
 * that the newest recovery point at home is copied to it once more, whatever its rules say. Not while another copy is on its way or is owed.
 */
export const needsLastCopy = (
  there: readonly CopyThere[],
  wanted: readonly { readonly status: CopyStatus }[],
  scope: {
    readonly destination: CopyDestination;
    readonly now: Instant;
    readonly policy: Policy;
    /** When that newest recovery point was made: a copy of it that lives is enough, also beside a newer one whose source is gone. */
    readonly sourceAt: Instant;
  },
): boolean => {
  if (wanted.some(({ status: { kind } }) => PENDING.includes(kind))) return false;
  const newestAt = Math.max(...there.map(({ createdAt }) => createdAt));
  const since = Math.min(newestAt, scope.sourceAt);
  return there.filter(({ createdAt }) => createdAt >= since).every((copy) => isEnding(copy, scope));
};
