import type { Invariant } from './invariant.ts';

/** No fault of a service is a surprise: a run ends, and says what went wrong. */
export const neverThrows: Invariant = ({ end, failures }) =>
  end === 'threw' ? failures.map((failure) => `it threw: ${failure}`) : [];
