import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createVirtualClock } from '../../sim/clock.ts';
import { createRealClock } from '../../sim/real-clock.ts';

describe('the virtual clock', () => {
  it('stands still until it is moved', async () => {
    const clock = createVirtualClock(1000);
    await clock.sleep(0);
    expect(clock.now()).toBe(1000);
  });

  it('wakes sleepers at their own instants, earliest first', async () => {
    const clock = createVirtualClock(0);
    const woken: string[] = [];
    const sleeper = async (name: string, ms: number): Promise<void> => {
      await clock.sleep(ms);
      woken.push(`${name} at ${clock.now()}`);
    };
    const all = Promise.all([sleeper('late', 30), sleeper('early', 10), sleeper('also early', 10)]);
    await clock.advanceTo(20);
    expect(woken).toEqual(['early at 10', 'also early at 10']);
    await clock.advanceBy(10);
    await all;
    expect(woken.at(-1)).toBe('late at 30');
    expect(clock.now()).toBe(30);
  });

  it('wakes on the way those who fall asleep again on the way', async () => {
    const clock = createVirtualClock(0);
    const ticks: number[] = [];
    const tick = async (): Promise<void> => {
      for (let count = 0; count < 5; count += 1) {
        await clock.sleep(10);
        ticks.push(clock.now());
      }
    };
    const ticking = tick();
    await clock.advanceTo(100);
    await ticking;
    expect(ticks).toEqual([10, 20, 30, 40, 50]);
  });

  it('runs a year of sleeping in no time', async () => {
    const clock = createVirtualClock(0);
    const year = async (): Promise<string> => {
      for (let day = 0; day < 365; day += 1) await clock.sleep(86_400_000);
      return 'done';
    };
    expect(await clock.run(year())).toBe('done');
    expect(clock.now()).toBe(365 * 86_400_000);
  });

  it('passes on what the work throws', async () => {
    const clock = createVirtualClock(0);
    const work = async (): Promise<void> => {
      await clock.sleep(5);
      throw new Error('no');
    };
    await expect(clock.run(work())).rejects.toThrow('no');
  });

  it('does not jump while something real is under way', async () => {
    const clock = createVirtualClock(0);
    let isBusy = true;
    clock.busyWhen(() => isBusy);
    const turns = async (): Promise<number> => {
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      isBusy = false;
      return clock.now();
    };
    const [, seen] = await Promise.all([clock.run(clock.sleep(1000)), turns()]);
    expect(seen).toBe(0);
    expect(clock.now()).toBe(1000);
  });

  it('keeps to whole milliseconds, and wakes no sleeper early', async () => {
    const clock = createVirtualClock(0);
    await clock.run(clock.sleep(66.7));
    expect(clock.now()).toBe(67);
  });

  it('never jumps to an endless sleep', async () => {
    const clock = createVirtualClock(0);
    const endless = clock.sleep(Number.POSITIVE_INFINITY);
    await clock.run(Promise.race([endless, clock.sleep(5)]));
    expect(clock.now()).toBe(5);
  });

  it('does not call what was cancelled', async () => {
    const clock = createVirtualClock(0);
    const woken: string[] = [];
    clock.after(10, () => woken.push('kept'));
    const cancel = clock.after(5, () => woken.push('called off'));
    cancel();
    await clock.advanceBy(20);
    expect(woken).toEqual(['kept']);
  });
});

describe('the real clock', () => {
  const HOUR = 3_600_000;
  beforeEach(() => void vi.useFakeTimers({ now: 5_000 }));
  afterEach(() => void vi.useRealTimers());

  it("goes by itself, at the speed of the machine's", async () => {
    const clock = createRealClock(1_000);
    expect(clock.now()).toBe(1_000);
    const woken: number[] = [];
    clock.after(250, () => woken.push(clock.now()));
    await vi.advanceTimersByTimeAsync(249);
    expect(woken).toEqual([]);
    await vi.advanceTimersByTimeAsync(51);
    expect(woken).toEqual([1_250]);
    expect(clock.now()).toBe(1_300);
  });

  it('can be moved forward, and wakes those who slept until then', async () => {
    const clock = createRealClock();
    const slept = clock.sleep(HOUR);
    await clock.advanceBy(HOUR);
    await clock.run(slept);
    expect(clock.now()).toBe(5_000 + HOUR);
  });
});
