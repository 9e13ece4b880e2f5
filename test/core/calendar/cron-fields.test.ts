import { describe, expect, it } from 'vitest';
import { cronMistake, isHourly, minutesOfDay } from '../../../shared/core/calendar/cron-fields.ts';
import { wallTimesOf } from '../../../shared/core/calendar/wall-times.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { always } from './always.ts';
import { aCron } from './arbitraries.ts';

describe('cronMistake', () => {
  it.each([
    '0 3 * * *',
    '*/15 * * * *',
    '0 9-17/2 * * MON-FRI',
    '5,10,50-59 0-23 1 1 7',
    '0 3 * jan-mar sun',
    '0 3 * * FRI-SUN',
    '  0   3 * * * ',
    '*/59 */23 */31 */12 */7',
    ...['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'].map(
      (month) => `0 3 * ${month} *`,
    ),
    ...['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'].map((day) => `0 3 * * ${day}`),
  ])('finds none in %s', (cron) => {
    expect(cronMistake(cron)).toBeUndefined();
  });

  it.each([
    { cron: '60 3 * * *', field: 'minute', text: '60', allowed: '0–59' },
    { cron: '0 24 * * *', field: 'hour', text: '24', allowed: '0–23' },
    { cron: '0 3 0 * *', field: 'day of month', text: '0', allowed: '1–31' },
    { cron: '0 3 L * *', field: 'day of month', text: 'L', allowed: '1–31' },
    { cron: '0 3 15W * *', field: 'day of month', text: '15W', allowed: '1–31' },
    { cron: '0 3 * 13 *', field: 'month', text: '13', allowed: '1–12 or JAN–DEC' },
    { cron: '0 3 * MON *', field: 'month', text: 'MON', allowed: '1–12 or JAN–DEC' },
    { cron: '0 3 * * 8', field: 'day of week', text: '8', allowed: '0–7 or SUN–SAT' },
    { cron: '0 3 * * FRI#2', field: 'day of week', text: 'FRI#2', allowed: '0–7 or SUN–SAT' },
    { cron: '0 3 * * ?', field: 'day of week', text: '?', allowed: '0–7 or SUN–SAT' },
    { cron: '*/0 3 * * *', field: 'minute', text: '*/0', allowed: '0–59' },
    { cron: '*/90 3 * * *', field: 'minute', text: '*/90', allowed: '0–59' },
    { cron: '5/15 3 * * *', field: 'minute', text: '5/15', allowed: '0–59' },
    { cron: '0 5-3 * * *', field: 'hour', text: '5-3', allowed: '0–23' },
    { cron: '0 20-24 * * *', field: 'hour', text: '20-24', allowed: '0–23' },
    { cron: '0 3 0-5 * *', field: 'day of month', text: '0-5', allowed: '1–31' },
    { cron: '0 3 XYZ-5 * *', field: 'day of month', text: 'XYZ-5', allowed: '1–31' },
    { cron: '0 3 * * MON-XYZ', field: 'day of week', text: 'MON-XYZ', allowed: '0–7 or SUN–SAT' },
    { cron: '*/60 3 * * *', field: 'minute', text: '*/60', allowed: '0–59' },
    { cron: '0 1,,3 * * *', field: 'hour', text: '1,,3', allowed: '0–23' },
    { cron: '-1 3 * * *', field: 'minute', text: '-1', allowed: '0–59' },
    { cron: '0.5 3 * * *', field: 'minute', text: '0.5', allowed: '0–59' },
  ])('finds the $field of $cron', ({ cron, ...mistake }) => {
    expect(cronMistake(cron)).toEqual(mistake);
  });

  it.each(['', '0 3 * *', '0 0 3 * * *', '@daily', 'every day', '0\t3 * * *'])(
    'finds the shape of %j',
    (cron) => {
      expect(cronMistake(cron)).toEqual({ text: cron });
    },
  );
});

describe('what is right', () => {
  it('croner reads too, and names the same minutes of the day', () => {
    always({ from: aCron, runs: 200 }, (cron) => {
      expect(cronMistake(cron)).toBeUndefined();
      const times = wallTimesOf(cron);
      const first = times.after(Date.UTC(2024, 0, 1)) ?? Number.NaN;
      const midnight = Math.floor(first / DAY_MS) * DAY_MS;
      const minutes: number[] = [];
      for (
        let time = times.after(midnight - 1) ?? 0;
        time < midnight + DAY_MS;
        time = times.after(time) ?? Infinity
      )
        minutes.push((time - midnight) / MINUTE_MS);
      expect(minutesOfDay(cron)).toEqual(minutes);
    });
  });

  it.each([
    { cron: '5 * * * *', hourly: true },
    { cron: '5 0-23 * * *', hourly: true },
    { cron: '5 */1 * * *', hourly: true },
    { cron: '5 */2 * * *', hourly: false },
    { cron: '* 3 * * *', hourly: false },
    { cron: '0 1-23 * * *', hourly: false },
    { cron: '0 24 * * *', hourly: false },
  ])('$cron is every hour: $hourly', ({ cron, hourly }) => {
    expect(isHourly(cron)).toBe(hourly);
  });

  it.each(['60 3 * * *', '0 24 * * *', ''])('%j names no minute of the day', (cron) => {
    expect(minutesOfDay(cron)).toEqual([]);
  });
});
