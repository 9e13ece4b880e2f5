import { createTimeQueue } from './time-queue.ts';

/** Time that a test or a demo drives. Instants are epoch milliseconds. */
export interface VirtualClock {
  now(): number;
  /** Resolves once the clock has moved on by that much; at once for zero and below. */
  sleep(ms: number): Promise<void>;
  /** Calls `wake` once the clock has moved on by that much, unless the returned function is called first. */
  after(ms: number, wake: () => void): () => void;
  /** Moves forward, waking every sleeper on the way at its own instant. */
  advanceTo(instant: number): Promise<void>;
  advanceBy(ms: number): Promise<void>;
  /** Waits for the work, jumping to the earliest sleeper whenever nothing else can progress. */
  run<T>(work: Promise<T>): Promise<T>;
  /** The clock stands still while the condition holds: something real (a socket, a store) is under way. */
  busyWhen(condition: () => boolean): () => void;
}

/** `turns` is how many pass before time may jump: one is enough for work of promises alone. */
export interface ClockOptions {
  readonly busy?: () => boolean;
  readonly turns?: number;
}

// Taken before virtual time may replace the global ones.
const realSetTimeout = globalThis.setTimeout;
const realSetImmediate = globalThis.setImmediate;

/** Turns of the event loop in which promise chains settle before time may jump: sockets and streams take more than one. */
const TURNS_TO_DRAIN = 3;
/** Real time after which work that waits for nothing is reported instead of hanging. */
const STUCK_AFTER_MS = 15_000;

const turn = (): Promise<void> => new Promise((resolve) => realSetImmediate(resolve));
const realPause = (ms: number): Promise<void> => new Promise((resolve) => realSetTimeout(resolve, ms));

export const createVirtualClock = (startAt: number, options: ClockOptions = {}): VirtualClock => {
  const { turns = TURNS_TO_DRAIN } = options;
  const sleepers = createTimeQueue<() => void>();
  const conditions = new Set<() => boolean>(options.busy ? [options.busy] : []);
  let current = Math.ceil(startAt);
  let wakes = 0;

  const isBusy = (): boolean => {
    for (const condition of conditions) if (condition()) return true;
    return false;
  };

  /** Resolves when nothing moves any more without time moving, or when `isDone` says so. */
  const settle = async (isDone: () => boolean): Promise<void> => {
    for (let quiet = 0; quiet < turns && !isDone(); ) {
      const wakesBefore = wakes;
      await turn();
      quiet = isBusy() || wakes !== wakesBefore ? 0 : quiet + 1;
    }
  };

  const wakeNext = (): boolean => {
    const next = sleepers.take();
    if (!next) return false;
    current = Math.max(current, next.at);
    wakes += 1;
    next.value();
    return true;
  };

  // Instants are whole milliseconds, and who sleeps never wakes early.
  const after = (ms: number, wake: () => void): (() => void) =>
    Number.isFinite(ms) ? sleepers.add(current + Math.ceil(Math.max(0, ms)), wake) : () => {};

  const advanceTo = async (instant: number): Promise<void> => {
    const never = (): boolean => false;
    await settle(never);
    while ((sleepers.nextAt() ?? Number.POSITIVE_INFINITY) <= instant && wakeNext()) await settle(never);
    current = Math.max(current, Math.ceil(instant));
  };

  const drive = async (isDone: () => boolean): Promise<void> => {
    let idleMs = 0;
    while (!isDone()) {
      await settle(isDone);
      if (isDone()) return;
      if (wakeNext()) {
        idleMs = 0;
        continue;
      }
      if (idleMs >= STUCK_AFTER_MS) {
        throw new Error(
          'The work waits for something, but nobody sleeps on the virtual clock and nothing is under way.',
        );
      }
      await realPause(1);
      idleMs += 1;
    }
  };

  return {
    now: () => current,
    after,
    sleep: (ms) => (ms <= 0 ? Promise.resolve() : new Promise((resolve) => after(ms, resolve))),
    advanceTo,
    advanceBy: (ms) => advanceTo(current + ms),
    async run(work) {
      let settled = false;
      const markSettled = (): void => {
        settled = true;
      };
      work.then(markSettled, markSettled);
      await drive(() => settled);
      return work;
    },
    busyWhen(condition) {
      conditions.add(condition);
      return () => {
        conditions.delete(condition);
      };
    },
  };
};
