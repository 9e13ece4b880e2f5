/** Given names in order and one that need not be among them, returns the index of the first that is greater. */
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
