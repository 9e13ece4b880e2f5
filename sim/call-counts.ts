/** How often each operation was called, and how often the answer was a throttling error. */
export interface CallCounts {
  readonly byOperation: ReadonlyMap<string, number>;
  readonly throttlesByOperation: ReadonlyMap<string, number>;
  of(operation: string): number;
  throttlesOf(operation: string): number;
  total(): number;
  reset(): void;
}

/** The counts as the simulated account itself writes them. */
export interface CallCounter extends CallCounts {
  countCall(operation: string): void;
  countThrottle(operation: string): void;
}

const addOne = (counts: Map<string, number>, operation: string): void => {
  counts.set(operation, (counts.get(operation) ?? 0) + 1);
};

export const createCallCounter = (): CallCounter => {
  const byOperation = new Map<string, number>();
  const throttlesByOperation = new Map<string, number>();
  return {
    byOperation,
    throttlesByOperation,
    of: (operation) => byOperation.get(operation) ?? 0,
    throttlesOf: (operation) => throttlesByOperation.get(operation) ?? 0,
    total: () => [...byOperation.values()].reduce((sum, count) => sum + count, 0),
    countCall: (operation) => addOne(byOperation, operation),
    countThrottle: (operation) => addOne(throttlesByOperation, operation),
    reset() {
      byOperation.clear();
      throttlesByOperation.clear();
    },
  };
};
