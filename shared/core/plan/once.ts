/** Makes a value when it is asked for, and once: most series need no measure, so slots are imagined for few. */
export const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
