import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTurn, rotateFrom } from '../../../shared/core/plan/order.ts';
import type { Gap, Observation } from '../../../shared/model/observation.ts';
import { aFailure } from '../../support/failures.ts';
import { anObservation } from '../../support/world.ts';

const left = (table: string): Gap => ({ facet: 'pitr', table, failure: aFailure('no time'), deferred: true });

const seen = (overrides: Partial<Observation>): Observation => anObservation(overrides);

describe('tables take turns', () => {
  it.each([
    { name: 'from the first when nobody stopped', beginAt: undefined, order: ['a', 'b', 'd'] },
    { name: 'from where the last run stopped', beginAt: 'b', order: ['b', 'd', 'a'] },
    { name: 'from the next one when that table is gone', beginAt: 'c', order: ['d', 'a', 'b'] },
    { name: 'from the first when all after it are gone', beginAt: 'e', order: ['a', 'b', 'd'] },
  ])('$name', ({ beginAt, order }) => {
    expect(rotateFrom(['a', 'b', 'd'], beginAt)).toEqual(order);
  });
});

describe('the next run begins', () => {
  it.each<{ name: string; observation: Partial<Observation>; beganAt?: string; next?: string }>([
    { name: 'anywhere when all were read', observation: {}, beganAt: 'b' },
    { name: 'at the first that was left', observation: { gaps: [left('c'), left('b')] }, next: 'b' },
    {
      name: 'at the first that was left in the order of turns',
      observation: { gaps: [left('a'), left('c'), left('d')] },
      beganAt: 'c',
      next: 'c',
    },
    {
      name: 'not at a table that could not be read',
      observation: { gaps: [{ facet: 'pitr', table: 'a', failure: aFailure('denied') }, left('b')] },
      next: 'b',
    },
    {
      name: 'at the first that was left, whichever other details were left too',
      observation: { gaps: [{ ...left('a'), facet: 'details' }, left('b')] },
      next: 'b',
    },
    {
      name: 'at the first that was left, whatever else could not be read',
      observation: {
        gaps: [
          { facet: 'subscriptions', failure: aFailure('denied') },
          { facet: 'tags', table: 'z', failure: aFailure('denied') },
          left('b'),
        ],
      },
      beganAt: 'a',
      next: 'b',
    },
    {
      name: 'where it was to begin after a run that did not see the tables',
      observation: { tables: [], gaps: [{ facet: 'tags', failure: aFailure('denied') }] },
      beganAt: 'b',
      next: 'b',
    },
  ])('$name', ({ observation, beganAt, next }) => {
    expect(nextTurn(seen(observation), beganAt)).toBe(next);
  });
});

describe('runs that each read some of the tables', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 1, maxLength: 40 });

  it('have read all of them after two when each reads half, whatever came and went before', () => {
    fc.assert(
      fc.property(names, fc.string(), fc.nat(20), fc.nat(20), (some, beganAt, more, again) => {
        const sorted = some.toSorted();
        const half = Math.ceil(sorted.length / 2);
        const first = rotateFrom(sorted, beganAt);
        const gaps = first.slice(half + more).map(left);
        const second = rotateFrom(sorted, nextTurn(seen({ gaps }), beganAt));
        const read = new Set([...first.slice(0, half + more), ...second.slice(0, half + again)]);
        expect([...read].toSorted()).toEqual(sorted);
      }),
    );
  });

  it('come round to every table, however few they read', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 5 }), (some, each) => {
        const sorted = some.toSorted();
        const read = new Set<string>();
        let beginAt: string | undefined;
        for (let run = 0; run < Math.ceil(sorted.length / each); run += 1) {
          const order = rotateFrom(sorted, beginAt);
          for (const name of order.slice(0, each)) read.add(name);
          beginAt = nextTurn(seen({ gaps: order.slice(each).map(left) }), beginAt);
        }
        expect(read.size).toBe(sorted.length);
      }),
    );
  });
});
