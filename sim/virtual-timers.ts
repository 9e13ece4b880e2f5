import type { VirtualClock } from './clock.ts';

/** Timers this short are real: they are used to let others have a turn, not to wait. */
const REAL_UP_TO_MS = 1;

/** What stands in for a timer of Node's while it waits on the virtual clock. */
interface VirtualTimer {
  readonly cancelVirtual: () => void;
  ref(): VirtualTimer;
  unref(): VirtualTimer;
  hasRef(): boolean;
  refresh(): VirtualTimer;
  close(): VirtualTimer;
}

export interface VirtualTimers {
  readonly setTimeout: typeof globalThis.setTimeout;
  readonly clearTimeout: typeof globalThis.clearTimeout;
  /** How many of the real, short ones are still to fire. */
  shortOnes(): number;
}

const createTimer = (clock: VirtualClock, ms: number, fire: () => void): VirtualTimer => {
  let cancel = clock.after(ms, fire);
  const timer: VirtualTimer = {
    cancelVirtual: () => cancel(),
    ref: () => timer,
    unref: () => timer,
    hasRef: () => true,
    refresh() {
      cancel();
      cancel = clock.after(ms, fire);
      return timer;
    },
    close() {
      cancel();
      return timer;
    },
  };
  return timer;
};

const isVirtual = (timer: unknown): timer is VirtualTimer =>
  typeof timer === 'object' && timer !== null && 'cancelVirtual' in timer;

/** Given a clock, returns timers that wait on it; the real ones must still be in place. */
export const createVirtualTimers = (clock: VirtualClock): VirtualTimers => {
  const realSetTimeout = globalThis.setTimeout;
  const realClearTimeout = globalThis.clearTimeout;
  const short = new Set<unknown>();

  const setShort = (fire: () => void, ms: number): unknown => {
    const timer = realSetTimeout(() => {
      short.delete(timer);
      fire();
    }, ms);
    short.add(timer);
    return timer;
  };
  const setTimeout = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): unknown => {
    const fire = (): void => callback(...args);
    return ms > REAL_UP_TO_MS ? createTimer(clock, ms, fire) : setShort(fire, ms);
  };
  const clearTimeout = (timer: unknown): void => {
    short.delete(timer);
    if (isVirtual(timer)) timer.cancelVirtual();
    else realClearTimeout(timer as NodeJS.Timeout | undefined);
  };
  return {
    setTimeout: setTimeout as typeof globalThis.setTimeout,
    clearTimeout: clearTimeout as typeof globalThis.clearTimeout,
    shortOnes: () => short.size,
  };
};
