import { describe, expect, it } from 'vitest';
import { NOT_COVERED, TWO_RUNS } from '../../prove/claims/bounds.ts';
import { asItIs, ENOUGH, PLANTED } from '../../prove/claims/variants.ts';
import { walk } from '../../prove/claims/walk.ts';

/** `npm run model` walks more; these are the walks in which a rule that is missing shows. */
const LONG = 60_000;

describe('every order of events of two runs', () => {
  it.each([
    { name: 'that sleep', bounds: { ...TWO_RUNS, moments: [10, 17] } },
    { name: 'that sleep long', bounds: { ...TWO_RUNS, moments: [13, 30] } },
    { name: 'whose clock is set back by an hour', bounds: { ...TWO_RUNS, jumps: [-60], moments: [30] } },
    { name: 'one of which dies', bounds: { ...TWO_RUNS, crashes: 1, moments: [30] } },
    { name: 'one of which loses an answer', bounds: { ...TWO_RUNS, losses: 1, moments: [30] } },
  ])(
    'gives a slot one recovery point, with runs $name',
    async ({ bounds }) => {
      const { breach, states, ends } = await walk(bounds, asItIs);
      expect(breach).toBeUndefined();
      expect(states).toBeGreaterThan(100);
      expect(ends).toBeGreaterThan(1);
    },
    LONG,
  );

  it.each(Object.entries(ENOUGH))(
    'gives it one also where %s',
    async (_, { variant, bounds }) => {
      expect((await walk({ ...bounds, moments: [13, 30] }, variant)).breach).toBeUndefined();
    },
    LONG,
  );

  it.each(Object.entries(PLANTED))(
    'gives it two where %s',
    async (_, { variant, bounds }) => {
      const { breach } = await walk(bounds, variant);
      expect(breach?.at(-1)).toBe('two recovery points of one slot');
    },
    LONG,
  );

  it.each(Object.entries(NOT_COVERED))(
    'gives it two, as is known, with %s',
    async (_, bounds) => {
      expect((await walk(bounds, asItIs)).breach?.at(-1)).toBe('two recovery points of one slot');
    },
    LONG,
  );
});
