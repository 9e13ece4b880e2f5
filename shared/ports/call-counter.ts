/** How many calls of one operation were sent, and how many of them were throttled. */
export interface CallCount {
  readonly operation: string;
  readonly calls: number;
  readonly throttles: number;
}

/** Counts what a run sends, so that its cost can be seen. */
export interface CallCounter {
  /** Since the run began, sorted by operation. */
  counts(): readonly CallCount[];
  /** A run begins: from zero. */
  reset(): void;
  /** Calls back after each call that was sent, and after each answer that throttled one. */
  follow(changed: () => void): void;
}
