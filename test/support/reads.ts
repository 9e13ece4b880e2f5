/** A value whose reader is watched. */
export interface Counted<Value> {
  readonly value: Value;
  /** How often something was read of it, or of anything in it, so far. */
  reads(): number;
}

/**
 * Creates a view of plain objects and lists that counts what is read of it, wherever it is passed on to: a list that is filtered out of it is
 * made of parts that count as well. How work grows shows in what it reads, the same on every machine.
 */
export const counted = <Value extends object>(value: Value): Counted<Value> => {
  let reads = 0;
  const views = new WeakMap<object, object>();
  const viewOf = (of: object): object => {
    const known = views.get(of);
    if (known !== undefined) return known;
    const view = new Proxy(of, {
      get(target, key, self) {
        reads += 1;
        const found: unknown = Reflect.get(target, key, self);
        return typeof found === 'object' && found !== null ? viewOf(found) : found;
      },
    });
    views.set(of, view);
    return view;
  };
  return { value: viewOf(value) as Value, reads: () => reads };
};

/** Four times as much may be read this many times as often: sorting takes a little more than 4, and one search of a list for each of its entries far more. */
export const READ_IN_PROPORTION = 4.3;

/** Returns how many times as much a piece of work reads when it is given four times as much. */
export const growthOfReads = <Value extends object>(
  given: (amount: number) => Value,
  work: (value: Value) => unknown,
  amount: number,
): number => {
  const readsOf = (some: number): number => {
    const { value, reads } = counted(given(some));
    work(value);
    return reads();
  };
  return readsOf(amount) / readsOf(amount / 4);
};
