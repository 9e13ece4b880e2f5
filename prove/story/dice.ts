import { createRandom } from '../../sim/random.ts';

/** Chance in the forms that a story needs. */
export interface Dice {
  readonly between: (min: number, max: number) => number;
  readonly happens: (probability: number) => boolean;
  readonly oneOf: <Value>(values: readonly [Value, ...Value[]]) => Value;
  /** A seed for dice of their own. */
  readonly seed: () => number;
}

/** Creates seeded random numbers. Neighbouring seeds share nothing. */
export const diceOf = (seed: number): Dice => {
  const random = createRandom(Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995);
  return {
    between: random.between,
    happens: (probability) => random.fraction() < probability,
    oneOf: (values) => values[random.between(0, values.length - 1)] ?? values[0],
    seed: () => random.between(1, 2 ** 31),
  };
};
