import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { firstMomentOf, momentsOf, wallTimeAt, zoneOffsetMs } from '../../../shared/core/calendar/zone.ts';
import { DAY_MS, HOUR_MS, isoInstant, MINUTE_MS } from '../../../shared/model/instant.ts';
import { always } from './always.ts';
import { aMoment, aZone } from './arbitraries.ts';

describe('the zone of the machine', () => {
  it('is far from UTC while tests run, so that nothing leans on it', () => {
    expect(new Date(Date.UTC(2026, 0)).getTimezoneOffset()).toBe(210);
  });
});

describe('zoneOffsetMs', () => {
  it.each([
    { name: 'UTC is never ahead', zone: 'UTC', at: '2026-07-01T00:00Z', minutes: 0 },
    {
      name: 'Berlin is an hour ahead in winter',
      zone: 'Europe/Berlin',
      at: '2026-01-01T00:00Z',
      minutes: 60,
    },
    {
      name: 'Berlin is still so a millisecond before',
      zone: 'Europe/Berlin',
      at: '2026-03-29T00:59:59.999Z',
      minutes: 60,
    },
    {
      name: 'Berlin is two hours ahead from the change on',
      zone: 'Europe/Berlin',
      at: '2026-03-29T01:00Z',
      minutes: 120,
    },
    { name: 'New York is behind', zone: 'America/New_York', at: '2026-07-01T00:00Z', minutes: -240 },
    {
      name: 'Kathmandu counts quarters of an hour',
      zone: 'Asia/Kathmandu',
      at: '2026-07-01T00:00Z',
      minutes: 345,
    },
    {
      name: 'Lord Howe changes by half an hour',
      zone: 'Australia/Lord_Howe',
      at: '2026-01-01T00:00Z',
      minutes: 660,
    },
    { name: 'Lord Howe in winter', zone: 'Australia/Lord_Howe', at: '2026-07-01T00:00Z', minutes: 630 },
    {
      name: 'São Paulo had summer time in 2018',
      zone: 'America/Sao_Paulo',
      at: '2018-12-01T00:00Z',
      minutes: -120,
    },
    { name: 'and has none since', zone: 'America/Sao_Paulo', at: '2026-12-01T00:00Z', minutes: -180 },
    {
      name: 'St John’s changed at one past midnight',
      zone: 'America/St_Johns',
      at: '2006-04-02T03:30Z',
      minutes: -210,
    },
    {
      name: 'Monrovia counted seconds until 1972',
      zone: 'Africa/Monrovia',
      at: '1971-01-01T00:00Z',
      minutes: -44.5,
    },
    { name: 'and not earlier', zone: 'America/St_Johns', at: '2006-04-02T03:31Z', minutes: -150 },
  ])('$name', ({ zone, at, minutes }) => {
    expect(zoneOffsetMs(zone, Date.parse(at))).toBe(minutes * MINUTE_MS);
  });

  it('agrees with Intl at any moment', () => {
    always({ from: fc.tuple(aZone, aMoment), runs: 500 }, ([zone, moment]) => {
      const shown = new Intl.DateTimeFormat('sv-SE', {
        timeZone: zone,
        dateStyle: 'short',
        timeStyle: 'medium',
      }).format(moment);
      expect(isoInstant(wallTimeAt(zone, moment)).slice(0, 19).replace('T', ' ')).toBe(shown);
    });
  });

  it('asks Intl about each day once, however often it is asked', () => {
    const DAYS = 3_000;
    const prototype: { readonly format: unknown } = Intl.DateTimeFormat.prototype;
    const format = vi.spyOn(prototype, 'format', 'get');
    onTestFinished(() => format.mockRestore());
    // A zone of no other test, on days without a change of its clocks.
    const ask = () => {
      for (let index = 0; index < 50 * DAYS; index += 1)
        zoneOffsetMs('Asia/Vientiane', Date.UTC(2001) + index * (DAY_MS / 50));
    };
    ask();
    expect(format.mock.calls.length).toBeLessThanOrEqual(DAYS + 1);
    format.mockClear();
    ask();
    expect(format).not.toHaveBeenCalled();
  });

  it('throws for a zone there is not', () => {
    expect(() => zoneOffsetMs('Europe/Atlantis', 0)).toThrow(RangeError);
  });
});

describe('momentsOf', () => {
  it.each([
    {
      name: 'an ordinary time has one moment',
      zone: 'Europe/Berlin',
      wall: '2026-06-01T02:30',
      moments: ['2026-06-01T00:30:00Z'],
    },
    { name: 'a skipped time has none', zone: 'Europe/Berlin', wall: '2026-03-29T02:30', moments: [] },
    {
      name: 'the end of a skipped hour exists',
      zone: 'Europe/Berlin',
      wall: '2026-03-29T03:00',
      moments: ['2026-03-29T01:00:00Z'],
    },
    {
      name: 'a repeated time has two, in order',
      zone: 'Europe/Berlin',
      wall: '2026-10-25T02:30',
      moments: ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
    },
    {
      name: 'the end of a repeated hour has one',
      zone: 'Europe/Berlin',
      wall: '2026-10-25T03:00',
      moments: ['2026-10-25T02:00:00Z'],
    },
    {
      name: 'west of Greenwich as well',
      zone: 'America/New_York',
      wall: '2026-11-01T01:30',
      moments: ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'],
    },
    {
      name: 'half an hour is repeated on Lord Howe',
      zone: 'Australia/Lord_Howe',
      wall: '2026-04-05T01:45',
      moments: ['2026-04-04T14:45:00Z', '2026-04-04T15:15:00Z'],
    },
    {
      name: 'the day that Samoa left out has none',
      zone: 'Pacific/Apia',
      wall: '2011-12-30T12:00',
      moments: [],
    },
  ])('$name', ({ zone, wall, moments }) => {
    expect(momentsOf(zone, Date.parse(`${wall}Z`)).map(isoInstant)).toEqual(moments);
  });

  it('always holds the moment whose time it is asked for', () => {
    always({ from: fc.tuple(aZone, aMoment) }, ([zone, moment]) => {
      expect(momentsOf(zone, wallTimeAt(zone, moment))).toContain(moment);
    });
  });
});

describe('firstMomentOf', () => {
  it.each([
    {
      name: 'a skipped time is made up when clocks go forward',
      zone: 'Europe/Berlin',
      wall: '2026-03-29T02:30',
      moment: '2026-03-29T01:00:00Z',
    },
    {
      name: 'also half an hour',
      zone: 'Australia/Lord_Howe',
      wall: '2026-10-04T02:15',
      moment: '2026-10-03T15:30:00Z',
    },
    { name: 'also midnight', zone: 'Africa/Cairo', wall: '2026-04-24T00:00', moment: '2026-04-23T22:00:00Z' },
    {
      name: 'also a whole day',
      zone: 'Pacific/Apia',
      wall: '2011-12-30T03:30',
      moment: '2011-12-30T10:00:00Z',
    },
    {
      name: 'a repeated time is its first moment',
      zone: 'America/New_York',
      wall: '2026-11-01T01:30',
      moment: '2026-11-01T05:30:00Z',
    },
  ])('$name', ({ zone, wall, moment }) => {
    expect(isoInstant(firstMomentOf(zone, Date.parse(`${wall}Z`)))).toBe(moment);
  });

  it('is never before an earlier time’s', () => {
    const step = fc.integer({ min: 0, max: 48 * HOUR_MS });
    always({ from: fc.tuple(aZone, aMoment, step) }, ([zone, wall, later]) => {
      expect(firstMomentOf(zone, wall + later)).toBeGreaterThanOrEqual(firstMomentOf(zone, wall));
    });
  });
});
