import { describe, expect, it } from 'vitest';
import { bandsOf, comparedReach, endedAt, worseOf, worstLoss } from '../../../shared/core/simulate/reach.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';

const NOW = Date.UTC(2026, 10, 23, 5);
const ago = (days: number): number => NOW - days * DAY_MS;
const NIGHTS = [0.25, 1.25, 2.25, 9.25].map(ago);
const band = (from: number, to: number) => ({ from: from * DAY_MS, to: to * DAY_MS });
const lost = (days: number) => ({ kind: 'between-points', ms: days * DAY_MS });
const AT = { now: NOW, madeAt: NIGHTS, tableFrom: ago(9.25) };

describe('the worst loss of a span of ages', () => {
  it.each([
    { name: 'since the newest recovery point', of: band(0, 0.2), worst: lost(0.25) },
    { name: 'is the time to the one before', of: band(0, 1), worst: lost(1) },
    { name: 'is that of the widest gap that it touches', of: band(2, 7), worst: lost(7) },
    { name: 'ends where the table began', of: band(7, 35), worst: lost(2.25) },
  ])('$name', ({ of, worst }) => {
    expect(worstLoss(of, AT)).toEqual(worst);
  });

  it('is everything where nothing reaches', () => {
    expect(worstLoss(band(10, 35), { ...AT, tableFrom: ago(30) })).toEqual({ kind: 'not-reached' });
    expect(worstLoss(band(0, 1), { ...AT, madeAt: [] })).toEqual({ kind: 'not-reached' });
  });

  it('is nothing within point-in-time recovery, and that of points before it', () => {
    expect(worstLoss(band(0, 1), { ...AT, pitrFrom: ago(1.5) })).toEqual({ kind: 'any-second' });
    expect(worstLoss(band(1, 2), { ...AT, pitrFrom: ago(1.5) })).toEqual(lost(0.75));
  });

  it('is that of what is reached, on the worst day on which something is', () => {
    expect(worstLoss(band(7, 35), { ...AT, tableFrom: ago(30) })).toEqual(lost(2.25));
    expect(worseOf({ kind: 'not-reached' }, { kind: 'any-second' })).toEqual({ kind: 'any-second' });
    expect(worseOf({ kind: 'between-points', ms: 1 }, { kind: 'between-points', ms: 2 })).toMatchObject({
      ms: 2,
    });
    expect(worseOf({ kind: 'any-second' }, { kind: 'between-points', ms: 1 })).toMatchObject({ ms: 1 });
  });

  it('is not asked of a table that is not that old', () => {
    expect(worstLoss(band(35, 90), AT)).toBeUndefined();
    expect(bandsOf(2 * DAY_MS).at(-1)).toEqual({ from: DAY_MS, to: 2 * DAY_MS });
    expect(bandsOf(HOUR_MS)).toHaveLength(1);
  });
});

const points = (days: number) => ({ kind: 'between-points', ms: days * DAY_MS }) as const;

describe('spans of ages', () => {
  const reach = [
    { ...band(0, 2), worst: points(1) },
    { ...band(2, 7), worst: points(1) },
    { ...band(7, 35), worst: points(7) },
  ];

  it('end where nothing is sure to reach any more, at a whole day', () => {
    expect(endedAt(reach, 9.7 * DAY_MS)).toEqual([
      reach[0],
      reach[1],
      { ...band(7, 9), worst: points(7) },
      { ...band(9, 35), worst: { kind: 'not-reached' } },
    ]);
    expect(endedAt(reach, 40 * DAY_MS)).toEqual(reach);
    const young = endedAt(reach, 9.7 * DAY_MS, 10 * DAY_MS);
    expect(young.at(-1)).toEqual({ ...band(7, 9), worst: points(7) });
    expect(endedAt([], DAY_MS)).toEqual([]);
  });

  it('are one where nothing changes, and stand side by side', () => {
    const other = [{ ...band(0, 5), worst: points(1) }];
    expect(comparedReach([reach, other])).toEqual([
      { ...band(0, 5), losses: [points(1), points(1)] },
      { ...band(5, 7), losses: [points(1), undefined] },
      { ...band(7, 35), losses: [points(7), undefined] },
    ]);
    expect(comparedReach([])).toEqual([]);
  });
});
