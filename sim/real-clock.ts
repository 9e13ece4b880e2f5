import type { VirtualClock } from './clock.ts';
import { createTimeQueue } from './time-queue.ts';

/** The longest wait a Node timer can hold. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Runs by itself at the speed of the wall's clock, from now or from another instant, and can still be moved forward by hand. */
export const createRealClock = (startAt = Date.now()): VirtualClock => {
  const sleepers = createTimeQueue<() => void>();
  let offsetMs = startAt - Date.now();
  let timer: NodeJS.Timeout | undefined;
  const now = (): number => Date.now() + offsetMs;

  const wakeDue = (): void => {
    clearTimeout(timer);
    while ((sleepers.nextAt() ?? Number.POSITIVE_INFINITY) <= now()) sleepers.take()?.value();
    const nextAt = sleepers.nextAt();
    if (nextAt !== undefined) timer = setTimeout(wakeDue, Math.min(nextAt - now(), LONGEST_TIMER_MS));
  };
  const after = (ms: number, wake: () => void): (() => void) => {
    const cancel = sleepers.add(now() + Math.max(0, ms), wake);
    wakeDue();
    return cancel;
  };
  const advanceBy = async (ms: number): Promise<void> => {
    offsetMs += Math.max(0, ms);
    wakeDue();
  };
  return {
    now,
    after,
    sleep: (ms) => (ms <= 0 ? Promise.resolve() : new Promise((resolve) => after(ms, resolve))),
    advanceBy,
    advanceTo: (instant) => advanceBy(instant - now()),
    run: (work) => work,
    busyWhen: () => () => {},
  };
};
