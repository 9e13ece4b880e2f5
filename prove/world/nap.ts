import type { Clock } from '../../shared/ports/time.ts';

/** Lets all of one run stand still at once, as a machine does that sleeps: its calls, and its timers too. */
export interface Nap {
  /** A run begins, and is awake. */
  begin(): void;
  /** Falls asleep for so long. */
  take(ms: number): Promise<void>;
  /** Resolves as soon as the run is awake; at once where it is. */
  over(): Promise<void>;
  /** Timers that stand still while the run does. */
  readonly timers: Pick<Clock, 'after' | 'sleep'>;
}

/** Creates the timers by which one container can be suspended, on the account's clock. */
export const createNap = (clock: Clock): Nap => {
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const sleptIn = (begin: number, end: number): number =>
    Math.max(0, Math.min(end, until) - Math.max(begin, from));
  const isAsleep = (): boolean => clock.now() >= from && clock.now() < until;
  const after: Clock['after'] = (ms, wake) => {
    const begunAt = clock.now();
    const fire = (): void => {
      const now = clock.now();
      const leftMs = ms - (now - begunAt - sleptIn(begunAt, now));
      if (isAsleep()) stop = clock.after(until - now + Math.max(0, leftMs), fire);
      else if (leftMs > 0) stop = clock.after(leftMs, fire);
      else wake();
    };
    let stop = clock.after(ms, fire);
    return () => stop();
  };
  return {
    begin: () => {
      [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    },
    take: async (ms) => {
      from = clock.now();
      until = from + ms;
      await clock.sleep(ms);
    },
    over: async () => {
      if (isAsleep()) await clock.sleep(until - clock.now());
    },
    timers: {
      after,
      sleep: async (ms) => {
        if (ms <= 0) return;
        await new Promise<void>((resolve) => void after(ms, resolve));
      },
    },
  };
};
