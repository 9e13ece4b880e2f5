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
  cancelled: boolean;
}

const isBefore = <T>(a: Entry<T>, b: Entry<T>): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);

const siftUp = <T>(heap: Entry<T>[], entry: Entry<T>): void => {
  let index = heap.length;
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex];
    if (!parent || !isBefore(entry, parent)) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = entry;
};

const smallerChild = <T>(heap: readonly Entry<T>[], index: number): number => {
  const [left, right] = [heap[2 * index + 1], heap[2 * index + 2]];
  return left && right && isBefore(right, left) ? 2 * index + 2 : 2 * index + 1;
};

const siftDown = <T>(heap: Entry<T>[], entry: Entry<T>): void => {
  let index = 0;
  for (;;) {
    const childIndex = smallerChild(heap, index);
    const child = heap[childIndex];
    if (!child || !isBefore(child, entry)) break;
    heap[index] = child;
    index = childIndex;
  }
  heap[index] = entry;
};

const removeFirst = <T>(heap: Entry<T>[]): Entry<T> | undefined => {
  const first = heap[0];
  const last = heap.pop();
  if (last && last !== first) siftDown(heap, last);
  return first;
};

export const createTimeQueue = <T>(): TimeQueue<T> => {
  const heap: Entry<T>[] = [];
  let added = 0;
  const dropCancelled = (): void => {
    while (heap[0]?.cancelled) removeFirst(heap);
  };
  return {
    add(at, value) {
      const entry: Entry<T> = { at, order: added, value, cancelled: false };
      added += 1;
      siftUp(heap, entry);
      return () => {
        entry.cancelled = true;
      };
    },
    nextAt() {
      dropCancelled();
      return heap[0]?.at;
    },
    take() {
      dropCancelled();
      return removeFirst(heap);
    },
  };
};
