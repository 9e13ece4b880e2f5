import type { RetryErrorInfo } from '@smithy/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRetryStrategy, MAX_ATTEMPTS } from '../../../shared/adapters/aws/retry.ts';
import { createVirtualClock } from '../../../sim/clock.ts';

type ErrorType = RetryErrorInfo['errorType'];

/** How long each retry waited, in milliseconds of virtual time, until the strategy gave up. */
const waitsOf = async (errorType: ErrorType, random: () => number, retryOnlyThrottling = false) => {
  const clock = createVirtualClock(0);
  const strategy = createRetryStrategy({ clock, random, retryOnlyThrottling });
  const waits: number[] = [];
  const retry = async (): Promise<void> => {
    let token = await strategy.acquireInitialRetryToken('');
    for (;;) {
      const before = clock.now();
      token = await strategy.refreshRetryTokenForRetry(token, { errorType });
      expect(token.getRetryDelay()).toBe(0);
      waits.push(clock.now() - before);
    }
  };
  await clock.run(retry().catch((error: unknown) => expect(String(error)).toContain('no further attempt')));
  return waits;
};

const almostOne = (): number => 1;

describe('the retry strategy', () => {
  it.each<{ name: string; errorType: ErrorType; once?: boolean; waits: number[] }>([
    { name: 'backs off from a second when throttled', errorType: 'THROTTLING', waits: [1_000, 2_000, 4_000] },
    { name: 'is quick to try again after a lost answer', errorType: 'TRANSIENT', waits: [50, 100, 200] },
    { name: 'tries again after a failure of the service', errorType: 'SERVER_ERROR', waits: [50, 100, 200] },
    { name: 'never repeats what was turned down', errorType: 'CLIENT_ERROR', waits: [] },
    {
      name: 'retries throttling also where calls go once',
      errorType: 'THROTTLING',
      once: true,
      waits: [1_000, 2_000, 4_000],
    },
    { name: 'sends nothing twice where calls go once', errorType: 'TRANSIENT', once: true, waits: [] },
    { name: 'takes 5xx for sent where calls go once', errorType: 'SERVER_ERROR', once: true, waits: [] },
  ])('$name', async ({ errorType, once, waits }) => {
    expect(await waitsOf(errorType, almostOne, once)).toEqual(waits);
  });

  it('spreads each wait over its whole span, with as many attempts as the SDK makes', async () => {
    const fractions = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), {
      minLength: 3,
      maxLength: 3,
    });
    const property = fc.asyncProperty(fractions, async (drawn) => {
      const left = [...drawn];
      const waits = await waitsOf('THROTTLING', () => left.shift() ?? 0);
      expect(waits).toHaveLength(MAX_ATTEMPTS - 1);
      for (const [index, wait] of waits.entries())
        expect(wait).toBe(Math.ceil((drawn[index] ?? 0) * 1_000 * 2 ** index));
    });
    await fc.assert(property, { numRuns: 30 });
  });
});
