import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Outcome } from './live.ts';
import type { Principals } from './story/event.ts';

/** The result of one seed, as a worker reports it. */
export interface Lived extends Outcome {
  readonly seed: number;
}

/** Which seed a worker is to run. */
export interface Order {
  readonly seed: number;
  readonly days: number;
  /** The principals in every seed, unless each seed decides. */
  readonly principals: Principals | undefined;
  /** A few days around a clock change, in which nothing else happens. */
  readonly clockChanges: boolean;
}

/** Which seeds, how many days each, and what to do after each. */
export interface Bench extends Omit<Order, 'seed'> {
  readonly from: number;
  readonly count: number;
  readonly onLived: (lived: Lived) => void;
}

/** Runs one worker until there are no more seeds. */
const work = (
  next: () => number | undefined,
  { days, principals, clockChanges, onLived }: Bench,
): Promise<void> => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const give = (): void => {
    const seed = next();
    if (seed !== undefined) worker.postMessage({ seed, days, principals, clockChanges } satisfies Order);
    else void worker.terminate().then(() => resolve());
  };
  worker.on('error', reject);
  worker.on('message', (lived: Lived) => {
    onLived(lived);
    give();
  });
  give();
  return promise;
};

/** Runs every seed, on every core. */
export const liveSeeds = async (bench: Bench): Promise<void> => {
  let given = 0;
  const next = (): number | undefined => {
    given += 1;
    return given <= bench.count ? bench.from + given - 1 : undefined;
  };
  const workers = Math.min(availableParallelism(), bench.count);
  await Promise.all(Array.from({ length: workers }, () => work(next, bench)));
};
