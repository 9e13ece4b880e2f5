import { describe, expect, it } from 'vitest';
import { nextSlice, pointsBy } from '../../../shared/core/hint/slices.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/model/instant.ts';
import { NOW } from '../../support/world.ts';

describe('recovery points', () => {
  it.each([
    { tables: 1, optedIn: 1, by: 'table' },
    { tables: 25, optedIn: 25, by: 'table' },
    { tables: 26, optedIn: 104, by: 'target' },
    { tables: 26, optedIn: 105, by: 'table' },
    { tables: 1_500, optedIn: 1_500, by: 'target' },
    { tables: 1_500, optedIn: undefined, by: 'table' },
  ] as const)('of $tables tables of $optedIn are listed by $by', ({ tables, optedIn, by }) => {
    expect(pointsBy(tables, optedIn)).toBe(by);
  });
});

const names = (count: number) => Array.from({ length: count }, (_, at) => `t${at}`);
const sliceOf = (count: number, by: 'table' | 'target', leftMs: number, isFirst = true) =>
  nextSlice(names(count), by, { now: NOW, deadline: NOW + leftMs, isFirst });

describe('a slice', () => {
  it.each([
    { name: 'is all of a few', count: 3, by: 'table', leftMs: 4 * MINUTE_MS, tables: 3 },
    { name: 'is no more than one message', count: 900, by: 'table', leftMs: 10 * MINUTE_MS, tables: 250 },
    { name: 'is larger with one list', count: 900, by: 'target', leftMs: 10 * MINUTE_MS, tables: 500 },
    { name: 'is what there is time for', count: 900, by: 'table', leftMs: MINUTE_MS, tables: 108 },
    {
      name: 'is one at the least, so that every hint gets on',
      count: 900,
      by: 'table',
      leftMs: 0,
      tables: 1,
    },
  ] as const)('$name', ({ count, by, leftMs, tables }) => {
    const slice = sliceOf(count, by, leftMs);
    expect(slice.tables).toEqual(names(count).slice(0, tables));
    expect(slice.deadline).toBeLessThanOrEqual(NOW + leftMs);
  });

  it.each([
    { leftMs: 30 * SECOND_MS, tables: 54 },
    { leftMs: 30 * SECOND_MS - 1, tables: 0 },
  ])('after the first one needs half a minute: $leftMs', ({ leftMs, tables }) => {
    expect(sliceOf(900, 'table', leftMs, false).tables).toHaveLength(tables);
  });

  it('gives its tables three times what they need and a minute, not the time of the others', () => {
    expect(sliceOf(3, 'table', 10 * MINUTE_MS).deadline).toBe(NOW + MINUTE_MS + 3 * SECOND_MS);
  });
});
