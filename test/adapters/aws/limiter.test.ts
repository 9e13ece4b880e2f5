import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutOfTimeError } from '../../../shared/adapters/aws/call-window.ts';
import { createLimiter } from '../../../shared/adapters/aws/limiter.ts';
import { API_LIMITS, UNSTATED_PER_SECOND } from '../../../shared/adapters/aws/limits.ts';
import { createVirtualClock } from '../../../sim/clock.ts';

const START = Date.UTC(2026, 10, 23);

interface Grant {
  readonly caller: number;
  readonly at: number;
}

/** Callers arrive after the given pauses, each wants one token; what they get, in the order they get it. */
const grantsOf = async (perSecond: number, pausesMs: readonly number[]): Promise<readonly Grant[]> => {
  const clock = createVirtualClock(START);
  const limiter = createLimiter({ clock, limits: { List: perSecond }, share: 1 });
  const grants: Grant[] = [];
  const call = async (caller: number, arrivesAt: number): Promise<void> => {
    await clock.sleep(arrivesAt);
    await limiter.take('List');
    grants.push({ caller, at: clock.now() - START });
  };
  let arrival = 0;
  const calls = pausesMs.map((pause, caller) => {
    arrival += pause;
    return call(caller, arrival);
  });
  await clock.run(Promise.all(calls));
  return grants;
};

const rates = fc.constantFrom(1, 2, 5, 10, 50);
const pauses = fc.array(fc.constantFrom(0, 0, 0, 1, 30, 400, 5_000), { minLength: 1, maxLength: 40 });
const RUNS = { numRuns: 40 };

const burstOf = (perSecond: number): number => Math.max(1, Math.floor(perSecond / 2));

describe('the limiter, whatever the rate and whenever callers come,', () => {
  it('never grants more than its burst and its rate in any span', async () => {
    const property = fc.asyncProperty(rates, pauses, async (perSecond, pausesMs) => {
      const times = (await grantsOf(perSecond, pausesMs)).map(({ at }) => at);
      for (const [first, from] of times.entries())
        for (const [offset, to] of times.slice(first).entries())
          expect(offset + 1).toBeLessThanOrEqual(
            burstOf(perSecond) + ((to - from) / 1000) * perSecond + 1e-6,
          );
    });
    await fc.assert(property, RUNS);
  });

  it('serves first whoever came first, and everybody', async () => {
    const property = fc.asyncProperty(rates, pauses, async (perSecond, pausesMs) => {
      const callers = (await grantsOf(perSecond, pausesMs)).map(({ caller }) => caller);
      expect(callers).toEqual(pausesMs.map((_, caller) => caller));
    });
    await fc.assert(property, RUNS);
  });

  it('wastes nothing: a crowd is through as soon as the rate allows', async () => {
    const property = fc.asyncProperty(rates, fc.integer({ min: 1, max: 60 }), async (perSecond, crowd) => {
      const last = (await grantsOf(perSecond, Array(crowd).fill(0))).at(-1);
      const waiting = Math.max(0, crowd - burstOf(perSecond));
      expect(last?.at).toBeCloseTo((waiting / perSecond) * 1000, 3);
    });
    await fc.assert(property, RUNS);
  });
});

/** How long the nth caller of a crowd waits, in milliseconds. */
const waitOf = async (operation: string, crowd: number, share?: number): Promise<number> => {
  const clock = createVirtualClock(START);
  const limiter = createLimiter({ clock, limits: API_LIMITS, ...(share !== undefined && { share }) });
  await clock.run(Promise.all(Array.from({ length: crowd }, () => limiter.take(operation))));
  return clock.now() - START;
};

describe('the limiter, once the service has throttled an operation,', () => {
  const throttled = async (times: number, tokens: number): Promise<number> => {
    const clock = createVirtualClock(START);
    const limiter = createLimiter({ clock, limits: { List: 10, Delete: 10 }, share: 1 });
    for (let at = 0; at < times; at += 1) limiter.slowDown('List');
    for (let at = 0; at < tokens; at += 1) await clock.run(limiter.take('List'));
    return clock.now() - START;
  };

  it.each([
    { name: 'gives no burst and half the rate at first', times: 1, tokens: 3, atLeastMs: 390, atMostMs: 400 },
    { name: 'and no less than that when it goes on', times: 9, tokens: 3, atLeastMs: 390, atMostMs: 400 },
    {
      name: 'and the whole of it again in the end',
      times: 1,
      tokens: 401,
      atLeastMs: 40_000,
      atMostMs: 42_000,
    },
  ])('$name', async ({ times, tokens, atLeastMs, atMostMs }) => {
    const took = await throttled(times, tokens);
    expect(took).toBeGreaterThanOrEqual(atLeastMs);
    expect(took).toBeLessThanOrEqual(atMostMs);
  });

  it.each([
    { name: 'a clock that was forty days ahead', aheadMs: 40 * 86_400_000 },
    { name: 'one that was a second ahead', aheadMs: 1_000 },
  ])('waits no longer for $name', async ({ aheadMs }) => {
    const clock = createVirtualClock(START);
    let skewMs = aheadMs;
    const wrong = { now: () => clock.now() + skewMs, sleep: (ms: number) => clock.sleep(ms) };
    const limiter = createLimiter({ clock: wrong, limits: { List: 2 }, share: 1 });
    const takes = (count: number) => Promise.all(Array.from({ length: count }, () => limiter.take('List')));
    await clock.run(takes(2));
    skewMs = 0;
    const before = clock.now();
    await clock.run(takes(2));
    // Paced as before; what passed since the last token, half a second at most, may count twice.
    expect(clock.now() - before).toBeGreaterThanOrEqual(1_000);
    expect(clock.now() - before).toBeLessThanOrEqual(1_500);
    limiter.slowDown('List');
    skewMs = -aheadMs;
    await clock.run(takes(1));
    expect(clock.now() - before).toBeLessThanOrEqual(3_500);
  });

  it.each([
    { name: 'whose turn comes in time', leftMs: 101, isGiven: true },
    { name: 'whose turn would come when the time is over, and takes nothing', leftMs: 100, isGiven: false },
  ])('gives a token to a caller $name', async ({ leftMs, isGiven }) => {
    const clock = createVirtualClock(START);
    const limiter = createLimiter({ clock, limits: { List: 10 }, share: 1 });
    const takeAll = (count: number) => Promise.all(Array.from({ length: count }, () => limiter.take('List')));
    await clock.run(takeAll(5));
    const taken = limiter.take('List', START + leftMs).then(
      () => true,
      (error: unknown) => (error instanceof OutOfTimeError ? false : String(error)),
    );
    expect(await clock.run(taken)).toBe(isGiven);
    const before = clock.now();
    await clock.run(limiter.take('List'));
    expect(clock.now() - before).toBe(100);
  });

  it('leaves other operations alone', async () => {
    const clock = createVirtualClock(START);
    const limiter = createLimiter({ clock, limits: { List: 10, Delete: 10 }, share: 1 });
    limiter.slowDown('List');
    for (let at = 0; at < 5; at += 1) await clock.run(limiter.take('Delete'));
    expect(clock.now()).toBe(START);
  });
});

describe('the limiter with the documented rates', () => {
  it.each([
    { name: 'lets one ListBackups go at once', operation: 'ListBackups', crowd: 1, waitMs: 0 },
    { name: 'paces ListBackups at 5 a second', operation: 'ListBackups', crowd: 12, waitMs: 2_000 },
    {
      name: 'lets half a second of CreateBackup go at once',
      operation: 'CreateBackup',
      crowd: 25,
      waitMs: 0,
    },
    { name: 'paces CreateBackup at 50 a second', operation: 'CreateBackup', crowd: 75, waitMs: 1_000 },
    { name: 'never has a burst below one', operation: 'GetCallerIdentity', crowd: 1, waitMs: 0 },
    {
      name: 'is cautious with an operation nobody stated',
      operation: 'Unheard',
      crowd: 2 + UNSTATED_PER_SECOND,
      waitMs: 1_000,
    },
  ])('$name', async ({ operation, crowd, waitMs }) => {
    expect(await waitOf(operation, crowd, 1)).toBeCloseTo(waitMs, 3);
  });

  it('leaves a twentieth of each rate to others unless told otherwise', async () => {
    expect(await waitOf('DescribeBackup', 4 + 19)).toBeCloseTo(2_000, -1);
  });

  it('keeps a bucket for each operation', async () => {
    const clock = createVirtualClock(START);
    const limiter = createLimiter({ clock, limits: API_LIMITS });
    const crowd = Array.from({ length: 20 }, () => limiter.take('ListBackups'));
    await limiter.take('DescribeTable');
    expect(clock.now()).toBe(START);
    await clock.run(Promise.all(crowd));
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a share of %d', (share) => {
    const clock = createVirtualClock(START);
    expect(() => createLimiter({ clock, limits: API_LIMITS, share })).toThrow(RangeError);
  });
});
