import { describe, expect, it } from 'vitest';
import { createNap } from '../../prove/world/nap.ts';
import { createVirtualClock } from '../../sim/clock.ts';

const START = Date.UTC(2026, 10, 28);

/** Sets a timer, sleeps a second later for a minute, and returns when the timer fired, in seconds from the beginning. */
const firedAt = async (timerMs: number, nap: boolean): Promise<number> => {
  const clock = createVirtualClock(START);
  const { timers, take } = createNap(clock);
  const fired = timers.sleep(timerMs).then(() => clock.now());
  const asleep = clock.sleep(1_000).then(() => (nap ? take(60_000) : undefined));
  await clock.run(Promise.all([fired, asleep]));
  return ((await fired) - START) / 1_000;
};

describe('a run that sleeps', () => {
  it.each([
    { name: 'fires in time while it is awake', ms: 5_000, nap: false, at: 5 },
    { name: 'fires in time where that is before it sleeps', ms: 500, nap: true, at: 0.5 },
    { name: 'stands still meanwhile, and goes on from where it was', ms: 5_000, nap: true, at: 65 },
    { name: 'stands still also where it is longer than the sleep', ms: 90_000, nap: true, at: 150 },
  ])('has a timer that $name', async ({ ms, nap, at }) => {
    expect(await firedAt(ms, nap)).toBe(at);
  });

  it('has calls that wait until it is awake, and none that wait in the next run', async () => {
    const clock = createVirtualClock(START);
    const nap = createNap(clock);
    void nap.take(60_000);
    await clock.run(nap.over());
    expect(clock.now()).toBe(START + 60_000);
    void nap.take(60_000);
    nap.begin();
    await clock.run(nap.over());
    expect(clock.now()).toBe(START + 60_000);
  });

  it('has a timer that can be stopped', async () => {
    const clock = createVirtualClock(START);
    const nap = createNap(clock);
    const fired: string[] = [];
    const stop = nap.timers.after(1_000, () => fired.push('stopped'));
    nap.timers.after(2_000, () => fired.push('kept'));
    stop();
    await clock.advanceBy(5_000);
    expect(fired).toEqual(['kept']);
  });
});
