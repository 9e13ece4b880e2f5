import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CalendarPeriod,
  periodOfWallTime,
  subtractDuration,
} from '../../../shared/core/calendar/calendar.ts';
import { firstMomentOf, momentsOf, wallTimeAt } from '../../../shared/core/calendar/zone.ts';
import { parseDuration } from '../../../shared/model/duration.ts';
import { DAY_MS, HOUR_MS, isoInstant } from '../../../shared/model/instant.ts';
import { always } from './always.ts';
import { aMoment, aZone } from './arbitraries.ts';

const less = (from: string, text: string, zone: string): string | undefined => {
  const duration = parseDuration(text);
  return duration && isoInstant(subtractDuration(Date.parse(from), duration, zone));
};

describe('subtractDuration', () => {
  it.each([
    {
      name: 'hours are counted on the clock',
      from: '2026-03-29T02:00Z',
      text: '24h',
      zone: 'Europe/Berlin',
      to: '2026-03-28T02:00:00Z',
    },
    {
      name: 'a day over the change in spring has 23 hours',
      from: '2026-03-29T02:00Z',
      text: '1d',
      zone: 'Europe/Berlin',
      to: '2026-03-28T03:00:00Z',
    },
    {
      name: 'a day over the change in autumn has 25 hours',
      from: '2026-10-25T12:00Z',
      text: '1d',
      zone: 'Europe/Berlin',
      to: '2026-10-24T11:00:00Z',
    },
    {
      name: 'days come before hours',
      from: '2026-03-29T12:00Z',
      text: '1d1h',
      zone: 'Europe/Berlin',
      to: '2026-03-28T12:00:00Z',
    },
    {
      name: 'hours in the second pass of a repeated hour stay there',
      from: '2026-10-25T01:30Z',
      text: '1h',
      zone: 'Europe/Berlin',
      to: '2026-10-25T00:30:00Z',
    },
    {
      name: 'a month is a month of the calendar',
      from: '2026-03-15T12:00Z',
      text: '1m',
      zone: 'UTC',
      to: '2026-02-15T12:00:00Z',
    },
    {
      name: 'a day its month does not have runs over',
      from: '2026-03-31T12:00Z',
      text: '1m',
      zone: 'UTC',
      to: '2026-03-03T12:00:00Z',
    },
    {
      name: 'by a day less in a leap year',
      from: '2028-03-31T12:00Z',
      text: '1m',
      zone: 'UTC',
      to: '2028-03-02T12:00:00Z',
    },
    {
      name: 'a year before a leap day is the first of March',
      from: '2028-02-29T12:00Z',
      text: '1y',
      zone: 'UTC',
      to: '2027-03-01T12:00:00Z',
    },
    {
      name: 'months reach over years',
      from: '2026-01-15T12:00Z',
      text: '1y2m',
      zone: 'UTC',
      to: '2024-11-15T12:00:00Z',
    },
    {
      name: 'the calendar is the zone’s',
      from: '2026-03-01T00:00Z',
      text: '1m',
      zone: 'America/New_York',
      to: '2026-01-29T00:00:00Z',
    },
    {
      name: 'weeks are seven days',
      from: '2026-11-02T12:00Z',
      text: '1w',
      zone: 'America/New_York',
      to: '2026-10-26T11:00:00Z',
    },
    {
      name: 'just before clocks went forward',
      from: '2026-03-29T23:30Z',
      text: '1d',
      zone: 'Europe/Berlin',
      to: '2026-03-29T00:30:00Z',
    },
    {
      name: 'a skipped time east of Greenwich is the earlier of its two readings, where restic takes the later',
      from: '2026-03-30T00:30Z',
      text: '1d',
      zone: 'Europe/Berlin',
      to: '2026-03-29T00:30:00Z',
    },
    {
      name: 'a skipped time west of it, alike',
      from: '2026-03-09T06:30Z',
      text: '1d',
      zone: 'America/New_York',
      to: '2026-03-08T06:30:00Z',
    },
    {
      name: 'a repeated time east of Greenwich is the first of the two, where restic takes the second',
      from: '2026-10-26T01:30Z',
      text: '1d',
      zone: 'Europe/Berlin',
      to: '2026-10-25T00:30:00Z',
    },
    {
      name: 'a repeated time west of it, alike',
      from: '2026-11-02T06:30Z',
      text: '1d',
      zone: 'America/New_York',
      to: '2026-11-01T05:30:00Z',
    },
  ])('$name', ({ from, text, zone, to }) => {
    expect(less(from, text, zone)).toBe(to);
  });

  it.each([
    { name: 'Chatham, in the second pass', from: '2027-04-03T14:14Z', hours: 1345, zone: 'Pacific/Chatham' },
    { name: 'Chatham, in the first pass', from: '2027-04-03T13:14Z', hours: 1345, zone: 'Pacific/Chatham' },
    { name: 'Berlin, in the first pass', from: '2026-10-25T00:45Z', hours: 1, zone: 'Europe/Berlin' },
    { name: 'New York, in the second', from: '2026-11-01T06:35Z', hours: 2, zone: 'America/New_York' },
    { name: 'Lord Howe, in the second', from: '2026-04-04T15:10Z', hours: 3, zone: 'Australia/Lord_Howe' },
    { name: 'Samoa, over the day left out', from: '2011-12-30T11:00Z', hours: 48, zone: 'Pacific/Apia' },
    { name: 'Troll, in the second pass', from: '2026-10-25T01:30Z', hours: 2, zone: 'Antarctica/Troll' },
  ])('hours are exact: $name', ({ from, hours, zone }) => {
    expect(less(from, `${hours}h`, zone)).toBe(isoInstant(Date.parse(from) - hours * HOUR_MS));
  });

  it('hours alone are exact at any moment in any zone', () => {
    always({ from: fc.tuple(aMoment, aZone, fc.integer({ min: 1, max: 20_000 })), runs: 500 }, (drawn) => {
      const [moment, zone, hours] = drawn;
      expect(moment - subtractDuration(moment, { years: 0, months: 0, days: 0, hours }, zone)).toBe(
        hours * HOUR_MS,
      );
    });
  });

  it('days lead to the earliest moment that can be meant, and never further than the longer of two days', () => {
    always({ from: fc.tuple(aMoment, aZone, fc.integer({ min: 1, max: 60 })), runs: 500 }, (drawn) => {
      const [moment, zone, days] = drawn;
      const back = subtractDuration(moment, { years: 0, months: 0, days, hours: 0 }, zone);
      const wall = wallTimeAt(zone, moment) - days * DAY_MS;
      const moments = momentsOf(zone, wall);
      expect(back).toBe(moments[0] ?? back);
      // A skipped time: before the change, as far as the time lies behind it.
      if (moments.length === 0) expect(back).toBeLessThan(firstMomentOf(zone, wall));
    });
  });

  it('comes out earlier, by the length of the duration give or take a clock change', () => {
    const days = fc.integer({ min: 0, max: 400 });
    const hours = fc.integer({ min: 1, max: 400 });
    always({ from: fc.tuple(aMoment, aZone, days, hours), runs: 300 }, ([moment, zone, some, more]) => {
      const back = moment - subtractDuration(moment, { years: 0, months: 0, days: some, hours: more }, zone);
      const changesMs = zone === 'Pacific/Apia' ? 26 * HOUR_MS : 3 * HOUR_MS;
      expect(Math.abs(back - (some * 24 + more) * HOUR_MS)).toBeLessThanOrEqual(changesMs);
    });
  });
});

const keyOf = (period: CalendarPeriod, wall: string): number =>
  periodOfWallTime(period, Date.parse(`${wall}Z`));

describe('periodOfWallTime', () => {
  it.each([
    { period: 'daily', one: '2026-11-23T00:00', other: '2026-11-23T23:59:59.999' },
    { period: 'weekly', one: '2026-11-23T00:00', other: '2026-11-29T23:59:59.999' },
    { period: 'weekly', one: '2026-12-28T00:00', other: '2027-01-03T23:00' },
    { period: 'monthly', one: '2026-11-01T00:00', other: '2026-11-30T23:59:59.999' },
    { period: 'yearly', one: '2026-01-01T00:00', other: '2026-12-31T23:59:59.999' },
  ] as const)('$period: $one and $other are one', ({ period, one, other }) => {
    expect(keyOf(period, one)).toBe(keyOf(period, other));
  });

  it.each([
    { period: 'daily', one: '2026-11-23T23:59:59.999', other: '2026-11-24T00:00' },
    { period: 'weekly', one: '2026-11-22T23:59:59.999', other: '2026-11-23T00:00' },
    { period: 'weekly', one: '2027-01-03T23:59', other: '2027-01-04T00:00' },
    { period: 'weekly', one: '1969-12-28T23:59', other: '1969-12-29T00:00' },
    { period: 'monthly', one: '2026-12-31T23:59:59.999', other: '2027-01-01T00:00' },
    { period: 'monthly', one: '2025-11-15T00:00', other: '2026-11-15T00:00' },
    { period: 'yearly', one: '2026-12-31T23:59:59.999', other: '2027-01-01T00:00' },
  ] as const)('$period: $other is the one after $one, or later', ({ period, one, other }) => {
    expect(keyOf(period, other)).toBeGreaterThan(keyOf(period, one));
  });
});

describe('the number of a period', () => {
  const periods = fc.constantFrom<CalendarPeriod>('daily', 'weekly', 'monthly', 'yearly');

  it('is never less for a later time', () => {
    always({ from: fc.tuple(periods, aMoment, aMoment), runs: 300 }, ([period, one, other]) => {
      const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
      expect(periodOfWallTime(period, earlier)).toBeLessThanOrEqual(periodOfWallTime(period, later));
    });
  });

  it.each([
    { period: 'monthly', earlier: '2026-11-30', later: '2026-12-01' },
    { period: 'monthly', earlier: '2026-12-31', later: '2027-01-01' },
    { period: 'weekly', earlier: '2026-11-29', later: '2026-11-30' },
    { period: 'yearly', earlier: '2026-12-31', later: '2027-01-01' },
  ] as const)('grows by one from $earlier to $later: $period', ({ period, earlier, later }) => {
    expect(keyOf(period, `${later}T00:00`) - keyOf(period, `${earlier}T23:00`)).toBe(1);
  });
});
