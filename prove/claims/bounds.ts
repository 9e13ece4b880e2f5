/** How much may go wrong in one walk, and how long it is. */
export interface Bounds {
  readonly runIds: readonly string[];
  /** How far clocks may be off, in minutes: all combinations are walked. */
  readonly skews: readonly number[];
  /** The moments at which things happen, in minutes. A run has 15, a claim 16, a signature 5, and a list is new enough after 26. */
  readonly moments: readonly number[];
  readonly crashes: number;
  /** Answers that are lost, with and without their effect, and creates that are throttled. */
  readonly losses: number;
  /** Clocks that are set while their run is under way, in minutes. */
  readonly jumps: readonly number[];
}

/** Two runs that sleep as they like, and nothing else. */
export const TWO_RUNS: Bounds = {
  runIds: ['one', 'two'],
  skews: [0],
  moments: [10, 15, 20, 30],
  crashes: 0,
  losses: 0,
  jumps: [],
};

/** What `npm run model` walks. */
export const WALKS: Readonly<Record<string, Bounds>> = {
  'two runs that sleep anywhere': TWO_RUNS,
  'one event delivered twice': { ...TWO_RUNS, runIds: ['one', 'one'], moments: [15, 20, 30] },
  'one of them may die': { ...TWO_RUNS, crashes: 1, moments: [15, 30] },
  'one answer may be lost, or one create throttled': { ...TWO_RUNS, losses: 1, moments: [15, 30] },
  'their clocks are off by five minutes': { ...TWO_RUNS, skews: [-5, 0, 5], moments: [15, 20] },
  'one clock is set by five minutes, or back by an hour': {
    ...TWO_RUNS,
    jumps: [-5, 5, -60],
    moments: [15, 30],
  },
  'three runs, two of one event': { ...TWO_RUNS, runIds: ['one', 'one', 'two'], moments: [30] },
};
