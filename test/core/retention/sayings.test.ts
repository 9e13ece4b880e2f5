import { describe, expect, it } from 'vitest';
import { createWording, type Speaker } from '../../../shared/core/retention/reasons.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';

const WALL = Date.UTC(2026, 10, 23, 3);
const KEY = WALL / DAY_MS;

const newest = (speak: Speaker, nth: number, wall = WALL) =>
  speak({ key: Math.floor(wall / DAY_MS), wall }, nth).newest;

describe('what a bucket says of a period', () => {
  const { speakerOf } = createWording();
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

  it('is one and the same for every table of a run', () => {
    expect(newest(speakerOf(DAILY), 3)).toBe(newest(speakerOf({ ...DAILY }), 3));
  });

  it.each([
    { name: 'in another place', other: () => newest(speakerOf(DAILY), 4) },
    { name: 'of another period', other: () => newest(speakerOf(DAILY), 3, WALL + DAY_MS) },
    { name: 'of a bucket with another count', other: () => newest(speakerOf({ ...DAILY, count: 8 }), 3) },
  ])('is another $name', ({ other }) => {
    expect(other()).not.toEqual(newest(speakerOf(DAILY), 3));
  });

  it('is the same in the words of another run', () => {
    const other = createWording();
    expect(newest(other.speakerOf(DAILY), 3)).toEqual(newest(speakerOf(DAILY), 3));
    expect(newest(other.speakerOf(DAILY), 3)).not.toBe(newest(speakerOf(DAILY), 3));
  });
});
