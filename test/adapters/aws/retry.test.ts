import type { RetryErrorInfo } from '@smithy/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRetryStrategy } from '../../../shared/adapters/aws/retry.ts';
import { createVirtualClock } from '../../../sim/clock.ts';

type ErrorType = RetryErrorInfo['errorType'];

/** How long each retry waited, in milliseconds of virtual time, until there was no time for another; `leftMs` is what the call has. */
const waitsOf = async (
  failure: Pick<RetryErrorInfo, 'errorType' | 'error'>,
  random: () => number,
  { retryOnlyThrottling = false, brief = false, leftMs = 9_000 } = {},
) => {
  const clock = createVirtualClock(0);
  const strategy = createRetryStrategy({
    clock,
    random,
    retryOnlyThrottling,
    brief,
    callTime: { until: () => leftMs },
  });
  const waits: number[] = [];
  const retry = async (): Promise<void> => {
    let token = await strategy.acquireInitialRetryToken('');
    for (;;) {
      const before = clock.now();
      token = await strategy.refreshRetryTokenForRetry(token, failure);
      expect(token.getRetryDelay()).toBe(0);
      waits.push(clock.now() - before);
    }
  };
  await clock.run(retry().catch((error: unknown) => expect(String(error)).toContain('no further attempt')));
  return waits;
};

const almostOne = (): number => 1;
const once = { retryOnlyThrottling: true };
const ofName = (name: string): Error & { cause?: Error } =>
  Object.assign(new Error('no'), { name, cause: new Error('why') });

describe('the retry strategy', () => {
  it.each<{ name: string; errorType: ErrorType; options?: typeof once; waits: number[] }>([
    { name: 'backs off from a second when throttled', errorType: 'THROTTLING', waits: [1_000, 2_000, 4_000] },
    {
      name: 'is quick to try again after a lost answer',
      errorType: 'TRANSIENT',
      waits: [50, 100, 200, 400, 800, 1_600, 3_200],
    },
    {
      name: 'tries again after a failure of the service',
      errorType: 'SERVER_ERROR',
      waits: [50, 100, 200, 400, 800, 1_600, 3_200],
    },
    { name: 'never repeats what was turned down', errorType: 'CLIENT_ERROR', waits: [] },
    {
      name: 'retries throttling also where calls go once',
      errorType: 'THROTTLING',
      options: once,
      waits: [1_000, 2_000, 4_000],
    },
    { name: 'sends nothing twice where calls go once', errorType: 'TRANSIENT', options: once, waits: [] },
    { name: 'takes 5xx for sent where calls go once', errorType: 'SERVER_ERROR', options: once, waits: [] },
  ])('$name', async ({ errorType, options, waits }) => {
    expect(await waitsOf({ errorType }, almostOne, options)).toEqual(waits);
  });

  it('tries again for as long as the call has, never waits over five seconds, and ends before its time', async () => {
    const waits = await waitsOf({ errorType: 'SERVER_ERROR' }, almostOne, { leftMs: 10 * 60_000 });
    expect(waits.length).toBeGreaterThan(100);
    expect(Math.max(...waits)).toBe(5_000);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(10 * 60_000);
  });

  it('makes no further attempt in a call that begins when the time is over', async () => {
    expect(await waitsOf({ errorType: 'THROTTLING' }, () => 0, { leftMs: 0 })).toEqual([]);
  });

  it.each<{ name: string; errorType: ErrorType; waits: number }>([
    { name: 'RequestLimitExceeded', errorType: 'SERVER_ERROR', waits: 3 },
    { name: 'ThrottledException', errorType: 'CLIENT_ERROR', waits: 3 },
    { name: 'LimitExceededException', errorType: 'THROTTLING', waits: 3 },
    { name: 'ValidationException', errorType: 'CLIENT_ERROR', waits: 0 },
    { name: 'InternalServerError', errorType: 'THROTTLING', waits: 0 },
  ])(
    'of a call that goes once asks our own word for what throttling is: $name',
    async ({ name, errorType, waits }) => {
      expect(await waitsOf({ errorType, error: ofName(name) }, almostOne, once)).toHaveLength(waits);
    },
  );

  it('spreads each wait over its whole span', async () => {
    const fractions = fc.array(fc.double({ min: 0.1, max: 0.999, noNaN: true }), {
      minLength: 3,
      maxLength: 3,
    });
    const property = fc.asyncProperty(fractions, async (drawn) => {
      const left = [...drawn];
      const waits = await waitsOf({ errorType: 'THROTTLING' }, () => left.shift() ?? 1, { leftMs: 60_000 });
      for (const [index, fraction] of drawn.entries())
        expect(waits[index]).toBe(Math.ceil(fraction * 1_000 * 2 ** index));
    });
    await fc.assert(property, { numRuns: 30 });
  });
});

describe('a brief strategy', () => {
  it.each([
    {
      name: 'leaves limits to the caller',
      failure: { errorType: 'THROTTLING', error: ofName('LimitExceededException') },
      leftMs: 60_000,
      waits: [],
    },
    {
      name: 'tries again what is throttled, as long as there is time',
      failure: { errorType: 'THROTTLING', error: ofName('ThrottlingException') },
      leftMs: 9_000,
      waits: [1_000, 2_000, 4_000],
    },
    {
      name: 'gives up after a few failures of the service',
      failure: { errorType: 'SERVER_ERROR' },
      leftMs: 60_000,
      waits: [50, 100, 200, 400, 800, 1_600],
    },
  ] as const)('$name', async ({ failure, leftMs, waits }) => {
    expect(await waitsOf(failure, almostOne, { brief: true, leftMs })).toEqual(waits);
  });
});
