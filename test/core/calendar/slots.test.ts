import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latestSlot, nextSlot, type Schedule } from '../../../shared/core/calendar/slots.ts';
import { wallTimeAt } from '../../../shared/core/calendar/zone.ts';
import { DAY_MS, isoInstant, SECOND_MS } from '../../../shared/model/instant.ts';
import { timesAsLong } from '../../support/growth.ts';
import { always } from './always.ts';
import { aCron, aDailyCron, aMoment, aZone } from './arbitraries.ts';

const slotsBetween = (schedule: Schedule, from: number, until: number): readonly number[] => {
  const slots: number[] = [];
  for (let slot = nextSlot(schedule, from - 1); slot < until; slot = nextSlot(schedule, slot))
    slots.push(slot);
  return slots;
};

const minutesOf = (from: string, hours: number): readonly number[] =>
  Array.from({ length: hours * 60 }, (_, minute) => Date.parse(from) + minute * 60 * SECOND_MS);

const texts = (slots: readonly number[]): readonly string[] =>
  slots.map((slot) => isoInstant(slot).slice(5, 16));

describe('slots over clock changes', () => {
  it.each([
    {
      name: 'a skipped time is made up when clocks go forward',
      schedule: '30 2 * * *',
      timezone: 'Europe/Berlin',
      from: '2026-03-28T00:00Z',
      days: 3,
      slots: ['03-28T01:30', '03-29T01:00', '03-30T00:30'],
    },
    {
      name: 'the first time after the skipped hour has its own slot once',
      schedule: '0 2,3 * * *',
      timezone: 'Europe/Berlin',
      from: '2026-03-29T00:00Z',
      days: 1,
      slots: ['03-29T01:00'],
    },
    {
      name: 'a list of times loses none of its days',
      schedule: '0 2,14 * * *',
      timezone: 'Europe/Berlin',
      from: '2026-03-29T00:00Z',
      days: 1,
      slots: ['03-29T01:00', '03-29T12:00'],
    },
    {
      name: 'several skipped times are made up by one slot',
      schedule: '*/30 2 * * *',
      timezone: 'Europe/Berlin',
      from: '2026-03-29T00:00Z',
      days: 1,
      slots: ['03-29T01:00'],
    },
    {
      name: 'every second hour makes up its skipped one',
      schedule: '0 */2 * * *',
      timezone: 'Europe/Berlin',
      from: '2026-03-28T22:00Z',
      days: 0.25,
      slots: ['03-28T23:00', '03-29T01:00', '03-29T02:00'],
    },
    {
      name: 'every hour makes up nothing',
      schedule: '30 * * * *',
      timezone: 'Europe/Berlin',
      from: '2026-03-28T23:00Z',
      days: 0.125,
      slots: ['03-28T23:30', '03-29T00:30', '03-29T01:30'],
    },
    {
      name: 'a repeated time has one slot, the first',
      schedule: '30 2 * * *',
      timezone: 'Europe/Berlin',
      from: '2026-10-24T00:00Z',
      days: 3,
      slots: ['10-24T00:30', '10-25T00:30', '10-26T01:30'],
    },
    {
      name: 'a list of times repeats none',
      schedule: '0 1,2,3 * * *',
      timezone: 'Europe/Berlin',
      from: '2026-10-24T22:00Z',
      days: 0.5,
      slots: ['10-24T23:00', '10-25T00:00', '10-25T02:00'],
    },
    {
      name: 'every hour has both passes',
      schedule: '30 * * * *',
      timezone: 'Europe/Berlin',
      from: '2026-10-24T23:00Z',
      days: 0.125,
      slots: ['10-24T23:30', '10-25T00:30', '10-25T01:30'],
    },
    {
      name: 'the hours 0-23 are every hour',
      schedule: '30 0-23 * * *',
      timezone: 'Europe/Berlin',
      from: '2026-10-24T23:00Z',
      days: 0.125,
      slots: ['10-24T23:30', '10-25T00:30', '10-25T01:30'],
    },
    {
      name: 'New York skips',
      schedule: '15 2 * * *',
      timezone: 'America/New_York',
      from: '2026-03-07T00:00Z',
      days: 3,
      slots: ['03-07T07:15', '03-08T07:00', '03-09T06:15'],
    },
    {
      name: 'New York repeats',
      schedule: '15 1 * * *',
      timezone: 'America/New_York',
      from: '2026-10-31T00:00Z',
      days: 3,
      slots: ['10-31T05:15', '11-01T05:15', '11-02T06:15'],
    },
    {
      name: 'Lord Howe skips half an hour',
      schedule: '15 2 * * *',
      timezone: 'Australia/Lord_Howe',
      from: '2026-10-02T12:00Z',
      days: 3,
      slots: ['10-02T15:45', '10-03T15:30', '10-04T15:15'],
    },
    {
      name: 'Lord Howe repeats half an hour',
      schedule: '45 1 * * *',
      timezone: 'Australia/Lord_Howe',
      from: '2026-04-03T12:00Z',
      days: 3,
      slots: ['04-03T14:45', '04-04T14:45', '04-05T15:15'],
    },
    {
      name: 'Cairo skips midnight',
      schedule: '0 0 * * *',
      timezone: 'Africa/Cairo',
      from: '2026-04-22T12:00Z',
      days: 3,
      slots: ['04-22T22:00', '04-23T22:00', '04-24T21:00'],
    },
    {
      name: 'Cairo repeats the hour before midnight',
      schedule: '30 23 * * *',
      timezone: 'Africa/Cairo',
      from: '2026-10-28T12:00Z',
      days: 3,
      slots: ['10-28T20:30', '10-29T20:30', '10-30T21:30'],
    },
    {
      name: 'Asunción skipped midnight',
      schedule: '30 0 * * *',
      timezone: 'America/Asuncion',
      from: '2023-09-30T00:00Z',
      days: 3,
      slots: ['09-30T04:30', '10-01T04:00', '10-02T03:30'],
    },
    {
      name: 'São Paulo skipped midnight',
      schedule: '0 0 * * *',
      timezone: 'America/Sao_Paulo',
      from: '2018-11-03T00:00Z',
      days: 3,
      slots: ['11-03T03:00', '11-04T03:00', '11-05T02:00'],
    },
    {
      name: 'Samoa left a day out, and its slot is made up',
      schedule: '30 3 * * *',
      timezone: 'Pacific/Apia',
      from: '2011-12-28T12:00Z',
      days: 3,
      slots: ['12-28T13:30', '12-29T13:30', '12-30T10:00', '12-30T13:30'],
    },
    {
      name: 'Kathmandu never changes',
      schedule: '0 3 * * *',
      timezone: 'Asia/Kathmandu',
      from: '2026-03-28T00:00Z',
      days: 2,
      slots: ['03-28T21:15', '03-29T21:15'],
    },
    {
      name: 'a skipped time of one day in the month is made up',
      schedule: '30 2 29 * *',
      timezone: 'Europe/Berlin',
      from: '2026-03-01T00:00Z',
      days: 31,
      slots: ['03-29T01:00'],
    },
    {
      name: 'one of two days of week or of month is enough',
      schedule: '0 3 13 * FRI',
      timezone: 'UTC',
      from: '2026-10-08T00:00Z',
      days: 9,
      slots: ['10-09T03:00', '10-13T03:00', '10-16T03:00'],
    },
    {
      name: 'leap days',
      schedule: '0 3 29 2 *',
      timezone: 'UTC',
      from: '2027-01-01T00:00Z',
      days: 1461,
      slots: ['02-29T03:00'],
    },
  ])('$name', ({ schedule, timezone, from, days, slots }) => {
    const start = Date.parse(from);
    expect(texts(slotsBetween({ schedule, timezone }, start, start + days * DAY_MS))).toEqual(slots);
  });

  it('a year of hours in Vienna has 8760 slots', () => {
    const schedule = { schedule: '0 * * * *', timezone: 'Europe/Vienna' };
    const [from, until] = [Date.parse('2025-12-31T23:00Z'), Date.parse('2026-12-31T23:00Z')];
    expect(slotsBetween(schedule, from, until)).toHaveLength(8760);
  });

  it('a year of nights in Vienna has 365 slots', () => {
    const schedule = { schedule: '30 2 * * *', timezone: 'Europe/Vienna' };
    const [from, until] = [Date.parse('2025-12-31T23:00Z'), Date.parse('2026-12-31T23:00Z')];
    expect(slotsBetween(schedule, from, until)).toHaveLength(365);
  });

  it.each([
    { name: 'forward', from: '2026-03-28T20:00Z' },
    { name: 'back', from: '2026-10-24T20:00Z' },
  ])(
    'minute by minute through the night clocks go $name, the latest is the last that was next',
    ({ from }) => {
      for (const cron of ['30 2 * * *', '30 * * * *', '*/15 1-3 * * *', '0 */2 * * *']) {
        const schedule = { schedule: cron, timezone: 'Europe/Berlin' };
        const minutes = minutesOf(from, 12);
        const slots = slotsBetween(schedule, Date.parse(from) - 2 * DAY_MS, Date.parse(from) + 2 * DAY_MS);
        const expected = minutes.map((now) => slots.findLast((slot) => slot <= now));
        expect(minutes.map((now) => latestSlot(schedule, now))).toEqual(expected);
      }
    },
  );
});

describe('latestSlot and nextSlot', () => {
  const aSchedule = fc.record({ schedule: aCron, timezone: aZone });

  it('stand on either side of now', () => {
    always({ from: fc.tuple(aSchedule, aMoment) }, ([schedule, now]) => {
      expect(latestSlot(schedule, now)).toBeLessThanOrEqual(now);
      expect(nextSlot(schedule, now)).toBeGreaterThan(now);
    });
  });

  it('have nothing between them', () => {
    always({ from: fc.tuple(aSchedule, aMoment) }, ([schedule, now]) => {
      const next = nextSlot(schedule, now);
      expect(latestSlot(schedule, next)).toBe(next);
      expect(latestSlot(schedule, next - 1)).toBe(latestSlot(schedule, now));
      expect(nextSlot(schedule, latestSlot(schedule, now))).toBe(next);
    });
  });

  it('never leave out a local day of a daily schedule, nor give it two', () => {
    const aYearIn = fc.integer({ min: 2012, max: 2050 });
    always({ from: fc.tuple(aDailyCron, aZone, aYearIn), runs: 30 }, ([schedule, timezone, year]) => {
      const slots = slotsBetween({ schedule, timezone }, Date.UTC(year, 0, 2), Date.UTC(year, 11, 30));
      const days = slots.map((slot) => Math.floor(wallTimeAt(timezone, slot) / DAY_MS));
      const [first = 0] = days;
      expect(days).toEqual(days.map((_, index) => first + index));
    });
  });

  it('are the same whatever was asked before', () => {
    always({ from: fc.tuple(aCron, aZone, aMoment, aMoment) }, ([schedule, timezone, one, other]) => {
      const fresh = latestSlot({ schedule, timezone }, one);
      latestSlot({ schedule, timezone }, other);
      expect(latestSlot({ schedule, timezone }, one)).toBe(fresh);
    });
  });

  it('of a monthly schedule take no longer than some dozens of a daily one', {
    tags: ['timed'],
  }, async () => {
    const asking = (schedule: string) => () => {
      for (let day = 0; day < 500; day += 1)
        latestSlot({ schedule, timezone: 'Europe/Berlin' }, Date.UTC(2026, 0, day));
    };
    // Minute by minute it would be hundreds.
    expect(await timesAsLong(asking('0 3 * * *'), asking('0 3 1 * *'))).toBeLessThan(40);
  });

  it('throw for a schedule of no day at all', () => {
    const never = { schedule: '0 0 30 2 *', timezone: 'UTC' };
    expect(() => nextSlot(never, Date.UTC(2026, 0))).toThrow(Error);
    expect(() => nextSlot(never, Date.UTC(2026, 0))).toThrow('the schedule 0 0 30 2 * in UTC has no slot');
    expect(() => latestSlot(never, Date.UTC(2026, 0))).toThrow('the schedule 0 0 30 2 * in UTC has no slot');
  });
});
