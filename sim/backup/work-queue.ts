/** A job that waits for its turn: only one backup or copy of a resource runs at a time, and only so many together. */
export interface Work {
  /** Of its job. */
  readonly id: string;
  readonly resourceArn: string;
  /** Not before this instant. */
  readonly readyAt: number;
  /** Those that share a limit. */
  readonly lane: string;
  readonly laneLimit: number;
  /** Whether something else keeps it from starting. */
  isBlocked(): boolean;
  start(at: number): void;
}

export interface WorkQueue {
  add(work: Work): void;
  /** Says that work has ended, or will not be started any more. */
  end(id: string): void;
  /** Starts whatever may start now. Of one resource nothing overtakes what was added before it, except what is blocked. */
  dispatch(at: number): void;
}

export const createWorkQueue = (): WorkQueue => {
  const waiting = new Map<string, Work>();
  const running = new Map<string, Work>();
  const runningOn = new Map<string, Work>();
  const runningIn = new Map<string, Set<Work>>();
  let isDispatching = false;

  const laneOf = ({ lane }: Pick<Work, 'lane'>): Set<Work> => {
    const found = runningIn.get(lane) ?? new Set<Work>();
    runningIn.set(lane, found);
    return found;
  };
  const mayStart = (work: Work, at: number): boolean =>
    work.readyAt <= at && !runningOn.has(work.resourceArn) && laneOf(work).size < work.laneLimit;
  const startNext = (at: number): boolean => {
    const passed = new Set<string>();
    for (const work of waiting.values()) {
      if (work.isBlocked() || passed.has(work.resourceArn)) continue;
      passed.add(work.resourceArn);
      if (!mayStart(work, at)) continue;
      waiting.delete(work.id);
      running.set(work.id, work);
      runningOn.set(work.resourceArn, work);
      laneOf(work).add(work);
      work.start(at);
      return true;
    }
    return false;
  };

  return {
    add: (work) => void waiting.set(work.id, work),
    end(id) {
      waiting.delete(id);
      const work = running.get(id);
      if (!work) return;
      running.delete(id);
      if (runningOn.get(work.resourceArn) === work) runningOn.delete(work.resourceArn);
      laneOf(work).delete(work);
    },
    dispatch(at) {
      // Work that fails as it starts ends within its start.
      if (isDispatching) return;
      isDispatching = true;
      try {
        while (startNext(at));
      } finally {
        isDispatching = false;
      }
    },
  };
};
