import * as fc from 'fast-check';

/** What values are drawn from and, where the usual hundred draws are too few or too slow, how many. */
export interface Draw<Value> {
  readonly from: fc.Arbitrary<Value>;
  readonly runs?: number;
}

/** Fails with the smallest value drawn for which `holds` throws. */
export const always = <Value>({ from, runs = 100 }: Draw<Value>, holds: (value: Value) => void): void =>
  fc.assert(fc.property(from, holds), { numRuns: runs });
