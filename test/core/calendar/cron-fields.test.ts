import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronMistake, isHourly, minutesOfDay } from '../../../shared/core/calendar/cron-fields.ts';
import { wallTimesOf } from '../../../shared/core/calendar/slots.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { always } from './always.ts';
import { aCron } from './arbitraries.ts';
import { FIELDS, valuesOf } from './cron-grammar.ts';

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
    { cron: '0 */24 * * *', field: 'hour', text: '*/24', allowed: '0–23' },
    { cron: '0-99/59 3 * * *', field: 'minute', text: '0-99/59', allowed: '0–59' },
    { cron: '0 3 LW * *', field: 'day of month', text: 'LW', allowed: '1–31' },
    { cron: '0 3 1,L * *', field: 'day of month', text: '1,L', allowed: '1–31' },
    { cron: '0 3 * * 5L', field: 'day of week', text: '5L', allowed: '0–7 or SUN–SAT' },
    { cron: '0 3 * * FRIL', field: 'day of week', text: 'FRIL', allowed: '0–7 or SUN–SAT' },
    { cron: '0 3 * * +1', field: 'day of week', text: '+1', allowed: '0–7 or SUN–SAT' },
    { cron: '0 3 * * SUNMON', field: 'day of week', text: 'SUNMON', allowed: '0–7 or SUN–SAT' },
    { cron: '0 3 * * \u017fun', field: 'day of week', text: '\u017fun', allowed: '0–7 or SUN–SAT' },
    { cron: '0 3 * * 0-9/7', field: 'day of week', text: '0-9/7', allowed: '0–7 or SUN–SAT' },
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

describe('a field', () => {
  const pieces = [
    ...[
      '*',
      '/',
      '-',
      ',',
      '?',
      'L',
      'W',
      '#',
      '+',
      '.',
      '\t',
      '@',
      'sun',
      'MON',
      'Sat',
      'JAN',
      'jul',
      'DEC',
      'WED',
    ],
    ...[
      '0',
      '1',
      '2',
      '5',
      '7',
      '8',
      '9',
      '12',
      '13',
      '23',
      '24',
      '31',
      '32',
      '59',
      '60',
      '99',
      '007',
      '1e1',
    ],
  ];
  const aText = fc
    .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 7 })
    .map((some) => some.join(''));
  const number = fc.constantFrom(
    '0',
    '1',
    '2',
    '6',
    '7',
    '8',
    '12',
    '13',
    '23',
    '24',
    '31',
    '32',
    '59',
    '60',
    'SUN',
    'TUE',
    'FEB',
  );
  const anItem = fc
    .tuple(fc.constantFrom('*', 'one', 'range'), number, number, fc.option(number))
    .map(([form, from, to, step]) => {
      const range = form === 'range' ? `${from}-${to}` : from;
      return `${form === '*' ? form : range}${step === null ? '' : `/${step}`}`;
    });
  const aList = fc.array(anItem, { minLength: 1, maxLength: 3 }).map((items) => items.join(','));

  it.each(FIELDS.map((field, at) => ({ field, at, name: field.name })))(
    'of $name takes exactly what the grammar does',
    ({ field, at }) => {
      always({ from: fc.oneof(aText, aList), runs: 2_000 }, (text) => {
        const cron = FIELDS.map((_, index) => (index === at ? text : '*')).join(' ');
        const values = valuesOf(field, text);
        expect(cronMistake(cron)?.field).toBe(values === undefined ? field.name : undefined);
        if (at > 1) return;
        const hours = at === 1 ? values : Array.from({ length: 24 }, (_, hour) => hour);
        const minutes = at === 1 ? Array.from({ length: 60 }, (_, past) => past) : values;
        const named = (hours ?? []).flatMap((hour) => (minutes ?? []).map((past) => 60 * hour + past));
        expect(minutesOfDay(cron)).toEqual(named);
      });
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
