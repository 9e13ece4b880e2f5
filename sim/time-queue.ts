import TinyQueue from 'tinyqueue';

/** Things that are to happen at an instant, earliest first; those of one instant in the order they were added. */
export interface TimeQueue<T> {
  /** Adds a value and returns how to take it out again. */
  add(at: number, value: T): () => void;
  /** The instant of the earliest value, or undefined when the queue is empty. */
  nextAt(): number | undefined;
  /** Takes the earliest value out. */
  take(): { readonly at: number; readonly value: T } | undefined;
}

interface Entry<T> {
  readonly at: number;
  readonly order: number;
  readonly value: T;
  isCancelled: boolean;
}

/** Two instants that are both infinite have no difference, and fall to the order as well. */
const byTime = <T>(a: Entry<T>, b: Entry<T>): number => a.at - b.at || a.order - b.order;

export const createTimeQueue = <T>(): TimeQueue<T> => {
  const heap = new TinyQueue<Entry<T>>([], byTime);
  let added = 0;
  /** The heap cannot take out of its middle, so what was cancelled leaves when it comes to the top. */
  const dropCancelled = (): void => {
    while (heap.peek()?.isCancelled) heap.pop();
  };
  return {
    add(at, value) {
      const entry: Entry<T> = { at, order: added, value, isCancelled: false };
      added += 1;
      heap.push(entry);
      return () => {
        entry.isCancelled = true;
      };
    },
    nextAt() {
      dropCancelled();
      return heap.peek()?.at;
    },
    take() {
      dropCancelled();
      return heap.pop();
    },
  };
};
