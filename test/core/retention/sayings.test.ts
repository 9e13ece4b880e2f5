import { describe, expect, it } from 'vitest';
import { type Speaker, speakerOf } from '../../../shared/core/retention/reasons.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';

const WALL = Date.UTC(2026, 10, 23, 3);
const KEY = WALL / DAY_MS;

const newest = (speak: Speaker, nth: number, wall = WALL) =>
  speak({ key: Math.floor(wall / DAY_MS), wall }, nth).newest;

describe('what a bucket says of a period', () => {
  const DAILY = { period: 'daily', count: 7 } as const;

  it('names the period, its place and the count', () => {
    expect(newest(speakerOf(DAILY), 2).reason).toEqual({
      kind: 'newest-of-period',
      period: 'daily',
      label: '2026-11-23',
      nth: 2,
      count: 7,
    });
    expect(speakerOf(DAILY)({ key: KEY, wall: WALL }, 2).superseded.reason).toBe(
      'not the newest of 2026-11-23',
    );
  });

  it('is one and the same for every table', () => {
    expect(newest(speakerOf(DAILY), 3)).toBe(newest(speakerOf({ ...DAILY }), 3));
  });

  it.each([
    { name: 'in another place', other: () => newest(speakerOf(DAILY), 4) },
    { name: 'of another period', other: () => newest(speakerOf(DAILY), 3, WALL + DAY_MS) },
    { name: 'of a bucket with another count', other: () => newest(speakerOf({ ...DAILY, count: 8 }), 3) },
  ])('is another $name', ({ other }) => {
    expect(other()).not.toEqual(newest(speakerOf(DAILY), 3));
  });

  it('is the same also after more was said than is remembered', () => {
    const before = newest(speakerOf(DAILY), 3);
    const hourly = speakerOf({ period: 'hourly', count: 30_000 });
    for (let at = 1; at <= 20_001; at += 1) hourly({ key: at, wall: at }, at);
    const after = newest(speakerOf(DAILY), 3);
    expect(after).toEqual(before);
    expect(after).not.toBe(before);
    expect(newest(speakerOf(DAILY), 3)).toBe(after);
  });
});
