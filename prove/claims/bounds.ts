/** How much may go wrong in one walk, and how long it is. */
export interface Bounds {
  readonly runIds: readonly string[];
  /** How far clocks may be off, in minutes: all combinations are walked. */
  readonly skews: readonly number[];
  /**
   * The moments at which things happen, in minutes, besides those at which a wait ends. A run reads for 7.5 and acts for 13, has 15 in all, a claim
   * 16, a signature 5, and a list is new enough after 26.
   */
  readonly moments: readonly number[];
  readonly crashes: number;
  /** Answers that are lost, with their effect, without, or before it, and creates that are throttled. */
  readonly losses: number;
  /** Clocks that are set while their run is under way, in minutes. */
  readonly jumps: readonly number[];
}

/** Two runs that sleep as they like, and nothing else. */
export const TWO_RUNS: Bounds = {
  runIds: ['one', 'two'],
  skews: [0],
  moments: [7, 10, 13, 17, 20, 30],
  crashes: 0,
  losses: 0,
  jumps: [],
};

/** What `npm run model` walks. */
export const WALKS: Readonly<Record<string, Bounds>> = {
  'two runs that sleep anywhere': TWO_RUNS,
  'one event delivered twice': { ...TWO_RUNS, runIds: ['one', 'one'] },
  'one of them may die': { ...TWO_RUNS, crashes: 1, moments: [10, 13, 17, 27] },
  'one answer may be lost, or one create throttled': { ...TWO_RUNS, losses: 1, moments: [10, 17, 30] },
  'two of the only run': { ...TWO_RUNS, runIds: ['one'], losses: 2, moments: [13] },
  'one answer may be lost, and one run may die': {
    ...TWO_RUNS,
    losses: 1,
    crashes: 1,
    moments: [13, 30],
  },
  'their clocks are off by five minutes': { ...TWO_RUNS, skews: [-5, 0, 5], moments: [13, 17, 20] },
  'one clock is set by five minutes, or back by an hour': {
    ...TWO_RUNS,
    jumps: [-5, 5, -60],
    moments: [13, 17, 30],
  },
  'one answer may be lost, and one clock is set back': {
    ...TWO_RUNS,
    losses: 1,
    jumps: [-5, -60],
    moments: [30],
  },
  'three runs, two of one event': { ...TWO_RUNS, runIds: ['one', 'one', 'two'], moments: [13, 30] },
};

/** What the rules do not cover, and decision 0025 says so: it would be no news if they did. */
export const NOT_COVERED: Readonly<Record<string, Bounds>> = {
  'a create that nobody answered, of a run whose clock is five minutes ahead': {
    ...TWO_RUNS,
    runIds: ['one'],
    skews: [5],
    losses: 1,
    moments: [],
  },
};
