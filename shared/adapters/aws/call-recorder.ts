import type { CallCounter } from '../../ports/call-counter.ts';

/** A call counter that can be written to. */
export interface CallRecorder extends CallCounter {
  sent(operation: string): void;
  throttled(operation: string): void;
}

const addOne = (counts: Map<string, number>, operation: string): void => {
  counts.set(operation, (counts.get(operation) ?? 0) + 1);
};

/** Creates a counter at zero. Operations that were never sent are not listed. */
export const createCallRecorder = (): CallRecorder => {
  const calls = new Map<string, number>();
  const throttles = new Map<string, number>();
  const followers: (() => void)[] = [];
  const count = (counts: Map<string, number>, operation: string): void => {
    addOne(counts, operation);
    for (const changed of followers) changed();
  };
  return {
    sent: (operation) => count(calls, operation),
    throttled: (operation) => count(throttles, operation),
    follow: (changed) => void followers.push(changed),
    reset: () => {
      calls.clear();
      throttles.clear();
    },
    counts: () =>
      [...calls]
        .map(([operation, count]) => ({ operation, calls: count, throttles: throttles.get(operation) ?? 0 }))
        .toSorted((a, b) => (a.operation < b.operation ? -1 : 1)),
  };
};
