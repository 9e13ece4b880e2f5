import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourAt } from '../../../shared/core/calendar/hour.ts';
import { wallTimeAt } from '../../../shared/core/calendar/zone.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { always } from './always.ts';
import { aMoment, aZone } from './arbitraries.ts';

const keyOf = (zone: string, at: string): number => hourAt(zone, Date.parse(at)).key;

describe('hourAt', () => {
  it.each([
    { zone: 'UTC', one: '2026-11-23T03:00Z', other: '2026-11-23T03:59:59.999Z' },
    { zone: 'Asia/Kathmandu', one: '2026-11-23T03:15Z', other: '2026-11-23T04:14Z' },
    { zone: 'Europe/Berlin', one: '2026-10-25T00:00Z', other: '2026-10-25T00:59Z' },
    { zone: 'Australia/Lord_Howe', one: '2026-04-04T14:00Z', other: '2026-04-04T14:59Z' },
    { zone: 'Australia/Lord_Howe', one: '2026-04-04T15:00Z', other: '2026-04-04T15:29Z' },
  ])('in $zone $one and $other are one hour', ({ zone, one, other }) => {
    expect(keyOf(zone, one)).toBe(keyOf(zone, other));
  });

  it.each([
    { zone: 'UTC', one: '2026-11-23T03:59:59.999Z', other: '2026-11-23T04:00Z' },
    { zone: 'Europe/Berlin', one: '2026-10-25T00:15Z', other: '2026-10-25T01:15Z' },
    { zone: 'Europe/London', one: '2026-10-25T00:15Z', other: '2026-10-25T01:15Z' },
    { zone: 'Australia/Lord_Howe', one: '2026-04-04T14:45Z', other: '2026-04-04T15:15Z' },
    { zone: 'Antarctica/Troll', one: '2027-10-31T00:30Z', other: '2027-10-31T02:30Z' },
    { zone: 'America/Havana', one: '2027-11-07T04:30Z', other: '2027-11-07T05:30Z' },
  ])('in $zone $one and $other are two', ({ zone, one, other }) => {
    expect(keyOf(zone, one)).not.toBe(keyOf(zone, other));
  });

  it('is the same for two moments that are an hour or more apart in no zone, and never shows two labels', () => {
    const minutes = fc.integer({ min: 0, max: 180 });
    always({ from: fc.tuple(aZone, aMoment, minutes), runs: 500 }, ([zone, one, apart]) => {
      const other = one + apart * MINUTE_MS;
      const isSame = hourAt(zone, one).key === hourAt(zone, other).key;
      const hours = [one, other].map((at) => Math.floor(wallTimeAt(zone, at) / HOUR_MS));
      const offsets = [one, other].map((at) => wallTimeAt(zone, at) - at);
      expect(isSame).toBe(hours[0] === hours[1] && offsets[0] === offsets[1]);
      if (isSame) expect(apart).toBeLessThan(60);
    });
  });

  it('has an offset in its label exactly where another hour reads the same', () => {
    const change = Date.parse('2026-10-25T01:00Z');
    const labelled = Array.from({ length: 24 }, (_, half) => change + (half - 12) * (HOUR_MS / 2)).filter(
      (at) => hourAt('Europe/Berlin', at).offsetMs !== undefined,
    );
    expect(labelled.map((at) => (at - change) / MINUTE_MS)).toEqual([-60, -30, 0, 30]);
  });
});
