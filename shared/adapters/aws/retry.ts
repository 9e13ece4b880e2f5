import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import { SECOND_MS } from '../../model/instant.ts';
import type { Clock } from '../../ports/clock.ts';

/** How a client retries. `retryOnlyThrottling` is for calls that must not be sent again when the first may have taken effect. */
export interface RetryOptions {
  readonly clock: Clock;
  /** From 0 to below 1, as Math.random, which it is unless given. */
  readonly random?: () => number;
  readonly retryOnlyThrottling?: boolean;
}

/**
 * The numbers that the SDK itself uses for DynamoDB in its `standard` mode (read in @smithy/core 3.41 and client-dynamodb 3.1164): attempts
 * in all, first back-offs in milliseconds, and their ceiling. Its retry quota is left out: the limiter already bounds what a storm costs.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html (checked 2026-11-23)
 */
export const MAX_ATTEMPTS = 4;
const FIRST_DELAY_MS = 50;
const FIRST_THROTTLING_DELAY_MS = SECOND_MS;
const LONGEST_DELAY_MS = 20 * SECOND_MS;

const tokenOf = (retries: number): RetryToken => ({
  getRetryCount: () => retries,
  getRetryDelay: () => 0,
});

const mayRetry = ({ errorType }: RetryErrorInfo, { retryOnlyThrottling = false }: RetryOptions): boolean =>
  errorType === 'THROTTLING' || (errorType !== 'CLIENT_ERROR' && !retryOnlyThrottling);

/** Exponential with full jitter: anywhere between nothing and twice the span of the retry before. */
const delayMs = (retries: number, { errorType }: RetryErrorInfo, random: () => number): number => {
  const first = errorType === 'THROTTLING' ? FIRST_THROTTLING_DELAY_MS : FIRST_DELAY_MS;
  return random() * Math.min(LONGEST_DELAY_MS, first * 2 ** retries);
};

/**
 * Given a clock and a source of randomness, returns a retry strategy for SDK clients that waits on that clock, so that a virtual clock
 * never waits for real time. At the edge the last attempt's own error reaches the caller.
 */
export const createRetryStrategy = (options: RetryOptions): RetryStrategyV2 => ({
  acquireInitialRetryToken: async () => tokenOf(0),
  refreshRetryTokenForRetry: async (token, failure) => {
    const retries = token.getRetryCount();
    // The SDK throws the last attempt's error in place of this one.
    if (retries + 1 >= MAX_ATTEMPTS || !mayRetry(failure, options)) throw new Error('no further attempt');
    await options.clock.sleep(delayMs(retries, failure, options.random ?? Math.random));
    return tokenOf(retries + 1);
  },
  recordSuccess: () => undefined,
});
