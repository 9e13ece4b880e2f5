/** Values in a fixed order. Adding in order and reading a page are cheap however long the list; what `isGone` is skipped, and swept out now and then. */
export interface SortedList<T> {
  add(value: T): void;
  /** Says that one of the values has gone. */
  noteGone(): void;
  /** The first `count` values that are greater than the position and wanted. */
  after(position: Position<T> | undefined, count: number, isWanted: (value: T) => boolean | 'stop'): T[];
}

/** Below zero when the value stands before the position, zero at it, above zero after it. */
export type Position<T> = (value: T) => number;

/** Sweeping costs the whole list, so it waits until this share has gone. */
const SWEEP_SHARE = 0.1;
const SWEEP_FLOOR = 64;

const firstAfter = <T>(values: readonly T[], position: Position<T> | undefined): number => {
  if (!position) return 0;
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = values[middle] as T;
    if (position(value) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
};

export const createSortedList = <T>(
  compare: (a: T, b: T) => number,
  isGone: (value: T) => boolean = () => false,
): SortedList<T> => {
  let values: T[] = [];
  let isSorted = true;
  let gone = 0;
  const tidy = (): void => {
    if (gone > SWEEP_FLOOR && gone > values.length * SWEEP_SHARE) {
      values = values.filter((value) => !isGone(value));
      gone = 0;
    }
    if (!isSorted) values.sort(compare);
    isSorted = true;
  };
  return {
    add(value) {
      const last = values.at(-1);
      if (last !== undefined && compare(last, value) > 0) isSorted = false;
      values.push(value);
    },
    noteGone() {
      gone += 1;
    },
    after(position, count, isWanted) {
      tidy();
      const page: T[] = [];
      for (
        let index = firstAfter(values, position);
        index < values.length && page.length < count;
        index += 1
      ) {
        const value = values[index] as T;
        const verdict = isGone(value) ? false : isWanted(value);
        if (verdict === 'stop') break;
        if (verdict) page.push(value);
      }
      return page;
    },
  };
};

/** Finds the index of the first name that is greater than one that need not be among them. */
export const indexAfter = (sorted: readonly string[], name: string | undefined): number => {
  if (name === undefined) return 0;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') > name) high = middle;
    else low = middle + 1;
  }
  return low;
};
