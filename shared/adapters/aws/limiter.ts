import { type Instant, SECOND_MS } from '../../model/instant.ts';
import type { Clock } from '../../ports/time.ts';
import { OutOfTimeError } from './call-window.ts';
import { DEFAULT_SHARE, type RateLimits, UNSTATED_PER_SECOND } from './limits.ts';

/** Hands out the right to call, at a bounded rate. One limiter serves one target; everything in a run shares it. */
export interface Limiter {
  /**
   * Resolves when the operation may be called once more; first come, first served. Rejects at once with an `OutOfTimeError` if that would be at
   * `until` or later, and then takes no token.
   */
  take(operation: string, until?: Instant): Promise<void>;
  /** Slows an operation down for a while, because the service throttled it: someone else is calling it as well. */
  slowDown(operation: string): void;
}

/** What a limiter is made of. `share` is the part of each rate it may use, over 0 and up to 1. */
export interface LimiterOptions {
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly limits: RateLimits;
  readonly share?: number;
}

/** About half a second's worth may go at once: less than any burst that was measured on AWS, enough not to pace short runs. */
const BURST_SECONDS = 0.5;

/**
 * Each throttling doubles the time between calls, up to twice, and each call after it takes a fiftieth off again, so that two runs that list at
 * once come to share the rate. No slower than that: throttled calls are tried again for as long as the run has time, and a service
 * that throttles whatever the pace would otherwise leave the run a quarter of its calls.
 */
const SLOWER = 2;
const SLOWEST = 2;
const RECOVERY = 0.98;

interface Bucket {
  /** When the next token is due if every token so far had been spread evenly. */
  evenlyDueAt: Instant;
  /** The clock when it was last looked at. */
  seenAt: Instant;
  /** How many times longer than its rate asks for tokens are apart: 1 while nothing is throttled. */
  slowness: number;
  readonly intervalMs: number;
  readonly headStartMs: number;
}

const createBucket = (perSecond: number): Bucket => {
  const intervalMs = SECOND_MS / perSecond;
  const burst = Math.max(1, Math.floor(perSecond * BURST_SECONDS));
  return {
    evenlyDueAt: Number.NEGATIVE_INFINITY,
    seenAt: Number.NEGATIVE_INFINITY,
    slowness: 1,
    intervalMs,
    headStartMs: (burst - 1) * intervalMs,
  };
};

/** A clock that was ahead and is set right again must not make everybody wait until it is as late once more. */
const followBack = (bucket: Bucket, now: Instant): void => {
  if (now < bucket.seenAt) bucket.evenlyDueAt -= bucket.seenAt - now;
  bucket.seenAt = now;
};

/** Reserves the next token and returns how long to wait for it, undefined if that is too long. Reserving at once keeps the order. */
const book = (bucket: Bucket, now: Instant, until: Instant): number | undefined => {
  followBack(bucket, now);
  const dueAt = Math.max(bucket.evenlyDueAt, now);
  const waitMs = Math.max(0, dueAt - bucket.headStartMs - now);
  if (now + waitMs >= until) return undefined;
  bucket.evenlyDueAt = dueAt + bucket.intervalMs * bucket.slowness;
  bucket.slowness = Math.max(1, bucket.slowness * RECOVERY);
  return waitMs;
};

/** What was saved up for a burst is gone with it. */
const slow = (bucket: Bucket, now: Instant): void => {
  followBack(bucket, now);
  bucket.slowness = Math.min(SLOWEST, bucket.slowness * SLOWER);
  bucket.evenlyDueAt = Math.max(bucket.evenlyDueAt, now + bucket.headStartMs);
};

const checkShare = (share: number): void => {
  if (!(share > 0 && share <= 1))
    throw new RangeError(`the share of a rate is over 0 and up to 1, not ${share}`);
};

/**
 * Creates a limiter with one token bucket for each operation: in any span it never allows more than its burst (half a second's worth, at least 1)
 * plus its rate times the time, and less for a while after `slowDown`. Rates are per second; an operation without one gets the cautious
 * `UNSTATED_PER_SECOND`. Throws a RangeError for an invalid share.
 */
export const createLimiter = ({ clock, limits, share = DEFAULT_SHARE }: LimiterOptions): Limiter => {
  checkShare(share);
  const buckets = new Map<string, Bucket>();
  const bucketOf = (operation: string): Bucket => {
    const bucket = buckets.get(operation) ?? createBucket((limits[operation] ?? UNSTATED_PER_SECOND) * share);
    buckets.set(operation, bucket);
    return bucket;
  };
  return {
    take: (operation, until = Number.POSITIVE_INFINITY) => {
      const waitMs = book(bucketOf(operation), clock.now(), until);
      return waitMs === undefined ? Promise.reject(new OutOfTimeError()) : clock.sleep(waitMs);
    },
    slowDown: (operation) => slow(bucketOf(operation), clock.now()),
  };
};
