import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestIntervalMs, shortestIntervalMs } from '../../../shared/core/calendar/intervals.ts';
import { nextSlot, type Schedule } from '../../../shared/core/calendar/slots.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { timesAsLong } from '../../support/growth.ts';
import { counted } from '../../support/reads.ts';
import { always } from './always.ts';
import { aCron, aZone } from './arbitraries.ts';

describe('longestIntervalMs and shortestIntervalMs', () => {
  it.each([
    { name: 'daily without summer time', schedule: '0 3 * * *', timezone: 'UTC', longest: 24, shortest: 24 },
    {
      name: 'daily with summer time',
      schedule: '0 3 * * *',
      timezone: 'Europe/Berlin',
      longest: 25,
      shortest: 24,
    },
    {
      name: 'daily with half an hour of it',
      schedule: '0 3 * * *',
      timezone: 'Australia/Lord_Howe',
      longest: 24.5,
      shortest: 24,
    },
    {
      name: 'hourly with summer time',
      schedule: '0 * * * *',
      timezone: 'Europe/Berlin',
      longest: 1,
      shortest: 1,
    },
    {
      name: 'every six hours, at night over the repeated one',
      schedule: '0 */6 * * *',
      timezone: 'Europe/Berlin',
      longest: 7,
      shortest: 6,
    },
    {
      name: 'every quarter of an hour',
      schedule: '*/15 * * * *',
      timezone: 'America/New_York',
      longest: 0.25,
      shortest: 0.25,
    },
    { name: 'twice a day, unevenly', schedule: '0 6,20 * * *', timezone: 'UTC', longest: 14, shortest: 10 },
    { name: 'over midnight', schedule: '50 23,0 * * *', timezone: 'UTC', longest: 23, shortest: 1 },
    {
      name: 'office hours over the weekend',
      schedule: '0 9-17 * * MON-FRI',
      timezone: 'UTC',
      longest: 64,
      shortest: 1,
    },
    { name: 'monthly', schedule: '0 3 1 * *', timezone: 'UTC', longest: 31 * 24, shortest: 28 * 24 },
    {
      name: 'monthly with summer time',
      schedule: '0 3 1 * *',
      timezone: 'Europe/Berlin',
      longest: 31 * 24 + 1,
      shortest: 28 * 24,
    },
    { name: 'yearly', schedule: '0 3 1 1 *', timezone: 'UTC', longest: 366 * 24, shortest: 365 * 24 },
    { name: 'leap days', schedule: '0 3 29 2 *', timezone: 'UTC', longest: 1461 * 24, shortest: 1461 * 24 },
    { name: 'days that never come', schedule: '0 3 31 2 *', timezone: 'UTC', longest: 0, shortest: 0 },
  ])('$name', ({ longest, shortest, ...schedule }) => {
    expect(longestIntervalMs(schedule) / HOUR_MS).toBe(longest);
    expect(shortestIntervalMs(schedule) / HOUR_MS).toBe(shortest);
  });

  it('is what a walk from slot to slot through the nine years finds', () => {
    const hours = fc.constantFrom('3', '0', '2,14', '1-3', '*/6', '0,23');
    const aRareCron = fc
      .tuple(fc.constantFrom('0', '30'), hours, aCron)
      .map(([minute, hour, cron]) => [minute, hour, ...cron.split(' ').slice(2)].join(' '));
    const longestFound = (schedule: Schedule, from: number, until: number): number => {
      let found = 0;
      for (let slot = nextSlot(schedule, from), next = 0; slot < until; slot = next) {
        next = nextSlot(schedule, slot);
        if (next < until) found = Math.max(found, next - slot);
      }
      return found;
    };
    always({ from: fc.tuple(aRareCron, aZone), runs: 25 }, ([schedule, timezone]) => {
      const longest = longestIntervalMs({ schedule, timezone });
      const inside = longestFound({ schedule, timezone }, Date.UTC(2024, 0, 2), Date.UTC(2032, 11, 30));
      const around = longestFound({ schedule, timezone }, Date.UTC(2023, 11, 30), Date.UTC(2033, 0, 3));
      expect(inside).toBeLessThanOrEqual(longest);
      expect(around).toBeGreaterThanOrEqual(longest);
    });
  });

  it('of the densest schedule is found in some dozens of the time of a daily one', {
    tags: ['timed'],
  }, async () => {
    let asked = 0;
    // With one more space each time: what was asked before is known.
    const finding = (schedule: string) => () => {
      for (let time = 0; time < 3; time += 1) {
        asked += 1;
        longestIntervalMs({ schedule: `${schedule}${' '.repeat(asked)}`, timezone: 'America/Chicago' });
      }
    };
    // Slot by slot it would be as many as there are slots in years: thousands.
    expect(await timesAsLong(finding('7 3 * * *'), finding('7-59/15 * * * *'))).toBeLessThan(60);
    expect(shortestIntervalMs({ schedule: '* * * * *' })).toBe(MINUTE_MS);
  });

  it('work out a schedule once, because every run asks for that of every table', () => {
    const { value, reads } = counted({ schedule: '17 3 * * *', timezone: 'Europe/Berlin' });
    const first = longestIntervalMs(value);
    const before = reads();
    expect(longestIntervalMs(value)).toBe(first);
    expect(reads() - before).toBeLessThanOrEqual(2);
  });
});
