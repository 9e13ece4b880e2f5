import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import { type Instant, MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import type { CallTime, Clock } from '../../ports/time.ts';
import { LEAST_ANSWER_MS, noteCutShort } from './call-window.ts';
import { isThrottling } from './errors.ts';

/** How a client retries. `retryOnlyThrottling` is for calls that must not be sent again when the first may have taken effect. */
export interface RetryOptions {
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  /** Until when a call may be tried again; a quarter of an hour from its beginning unless given. */
  readonly callTime?: Pick<CallTime, 'until'>;
  /** From 0 to below 1, as Math.random, which it is unless given. */
  readonly random?: () => number;
  readonly retryOnlyThrottling?: boolean;
  /**
   * Leaves it to the caller when to try again what exceeds a limit, and what failed a few times. The service names a limit that lasts for minutes or
   * days (restores at once, changes of a table) as it names one that lasts for a second; and an emulator fails for ever at what it does not have.
   */
  readonly brief?: boolean;
  /** How often an unanswered call is repeated; unlimited within its time by default. For what people read, because each may have reached them. */
  readonly mostUnanswered?: number;
}

/**
 * First back-offs in milliseconds: those of the SDK's `standard` mode for DynamoDB (read in @smithy/core 3.41 and client-dynamodb 3.1164). Their
 * ceiling is lower than its 20 s, and no attempt is the last while there is time: the limiter already bounds what a storm costs, and
 * what fails for one call in two needs many attempts and not long waits.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html (checked 2026-11-23)
 */
const FIRST_DELAY_MS = 50;
const FIRST_THROTTLING_DELAY_MS = SECOND_MS;
const LONGEST_DELAY_MS = 5 * SECOND_MS;

/** With the delays above, about as long as a person waits for one answer. */
const MOST_BRIEF = 6;

/** For calls that belong to no run. */
const MOST_MS = 15 * MINUTE_MS;

/** A call that failed for as long is failing; one that failed for less when the time ran out may well succeed in the next run. */
const FAILING_MS = 5 * MINUTE_MS;

/** Carries until when the call may be tried again, decided when it began. */
interface TimedToken extends RetryToken {
  readonly since: Instant;
  readonly until: Instant;
}

const tokenOf = (retries: number, { since, until }: Pick<TimedToken, 'since' | 'until'>): TimedToken => ({
  since,
  until,
  getRetryCount: () => retries,
  getRetryDelay: () => 0,
});

const timesOf = (token: RetryToken): Pick<TimedToken, 'since' | 'until'> => {
  const { since, until } = token as Partial<TimedToken>;
  return { since: since ?? Number.NEGATIVE_INFINITY, until: until ?? Number.NEGATIVE_INFINITY };
};

/** What counts as throttling is decided in errors.ts; the SDK's classification is used only if it passes no error. */
const isThrottled = ({ error, errorType }: RetryErrorInfo): boolean =>
  error === undefined ? errorType === 'THROTTLING' : isThrottling(error);

const isUnanswered = ({ error }: RetryErrorInfo): boolean =>
  (error as { readonly $metadata?: { readonly httpStatusCode?: number } } | undefined)?.$metadata
    ?.httpStatusCode === undefined;

const isLimit = ({ error }: RetryErrorInfo): boolean =>
  (error as Partial<Error> | undefined)?.name === 'LimitExceededException';

const mayRetry = (
  failure: RetryErrorInfo,
  retries: number,
  { retryOnlyThrottling = false, brief = false, mostUnanswered = Number.POSITIVE_INFINITY }: RetryOptions,
): boolean => {
  if (brief && isLimit(failure)) return false;
  if (isThrottled(failure)) return true;
  if (brief && retries >= MOST_BRIEF) return false;
  if (failure.errorType === 'CLIENT_ERROR' || retryOnlyThrottling) return false;
  return retries < mostUnanswered || !isUnanswered(failure);
};

/** Exponential with full jitter: anywhere between nothing and twice the span of the retry before. */
const delayMs = (retries: number, failure: RetryErrorInfo, random: () => number): number => {
  const first = isThrottled(failure) ? FIRST_THROTTLING_DELAY_MS : FIRST_DELAY_MS;
  return random() * Math.min(LONGEST_DELAY_MS, first * 2 ** retries);
};

/**
 * Returns a retry strategy for SDK clients that waits on the given clock, so that a virtual clock never waits for real time. It retries until the
 * call's time is up, whatever the number; the last attempt's own error then reaches the caller.
 */
export const createRetryStrategy = (options: RetryOptions): RetryStrategyV2 => {
  const { clock, callTime, random = Math.random } = options;
  return {
    acquireInitialRetryToken: async () => {
      const since = clock.now();
      return tokenOf(0, { since, until: callTime?.until() ?? since + MOST_MS });
    },
    refreshRetryTokenForRetry: async (token, failure) => {
      const [retries, times] = [token.getRetryCount(), timesOf(token)];
      const waitMs = delayMs(retries, failure, random);
      // The SDK throws the last attempt's error in place of this one.
      if (!mayRetry(failure, retries, options)) throw new Error('no further attempt');
      const now = clock.now();
      if (now + waitMs >= times.until - LEAST_ANSWER_MS) {
        if (now - times.since < FAILING_MS) noteCutShort(failure.error);
        throw new Error('no further attempt: the time is over');
      }
      await clock.sleep(waitMs);
      return tokenOf(retries + 1, times);
    },
    recordSuccess: () => undefined,
  };
};
