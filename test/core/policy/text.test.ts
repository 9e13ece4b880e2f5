import { describe, expect, it } from 'vitest';
import {
  nextSlots,
  pitrPromiseText,
  policyClauses,
  retentionText,
} from '../../../shared/core/policy/text.ts';
import { beganText, distanceText, minuteText } from '../../../shared/core/text/time.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import { aPolicy, NOW } from '../../support/world.ts';

describe('a retention in words', () => {
  it.each([
    { retention: { last: 1 }, text: 'keeps the newest' },
    { retention: { last: 3 }, text: 'keeps the newest 3' },
    { retention: { daily: 1 }, text: 'keeps the newest of the last day that has one' },
    { retention: { hourly: 24 }, text: 'keeps the newest of each of the last 24 hours that has one' },
    {
      retention: { within: { years: 0, months: 0, days: 0, hours: 48 } },
      text: 'keeps all within 48 hours of the newest',
    },
    {
      retention: { last: 2, daily: 7, yearly: 5 },
      text: 'keeps the newest 2 and the newest of each of the last 7 days and each of the last 5 years that has one',
    },
  ])('$text', ({ retention, text }) => {
    expect(retentionText(retention)).toBe(text);
  });
});

it('a policy in words is its slots, what it keeps, its RPO and its promise', () => {
  const retention = { last: 3, daily: 7, weekly: 4, monthly: 12 };
  expect(policyClauses(aPolicy({ retention, timezone: 'Asia/Seoul' }), NOW)).toEqual([
    'schedule 0 3 * * * in Asia/Seoul, next slots 2026-11-23 18:00Z, 2026-11-24 18:00Z, 2026-11-25 18:00Z',
    'keeps the newest 3 and the newest of each of the last 7 days, each of the last 4 weeks and each of the last 12 months that has one',
    'promises a newest recovery point at most 26 hours 24 minutes old (RPO)',
    'point-in-time recovery of 35 days is promised; alerts when it is off',
  ]);
});

describe('a schedule with both day fields', () => {
  const BOTH = 'day of month and day of week are both set: a day that is either is enough';

  it.each(['0 3 */2 * 1', '0 3 1 * 1', '0 3 15 * */2', '0 3 1-31 * MON', '0 3 *,5 * 1'])(
    'says that either is enough: %s',
    (schedule) => {
      expect(policyClauses(aPolicy({ schedule }), NOW)[1]).toBe(BOTH);
    },
  );

  it.each(['0 3 * * 1', '0 3 15 * *', '0 3 * * *', ' 0  3 *  *  MON', '0 3 */2 * *'])(
    'says nothing where one is open: %s',
    (schedule) => {
      expect(policyClauses(aPolicy({ schedule }), NOW)).not.toContain(BOTH);
    },
  );

  it('is read so: odd days of the month, and Mondays', () => {
    const slots = nextSlots(aPolicy({ schedule: '0 3 */2 * 1' }), Date.UTC(2026, 10, 1, 12), 6);
    expect(slots.map((at) => new Date(at).getUTCDate())).toEqual([2, 3, 5, 7, 9, 11]);
  });
});

describe('a promise in words', () => {
  it.each([
    { pitr: undefined, text: 'point-in-time recovery is not promised' },
    {
      pitr: { recoveryPeriodDays: 1, onDrift: 'alert' as const },
      text: 'point-in-time recovery of 1 day is promised; alerts when it is off',
    },
    {
      pitr: { recoveryPeriodDays: 35, onDrift: 'repair' as const },
      text: 'point-in-time recovery of 35 days is promised; switched on again when it is off',
    },
  ])('$text', ({ pitr, text }) => {
    expect(pitrPromiseText(pitr)).toBe(text);
  });
});

describe('moments', () => {
  it('are told to the minute, in UTC', () => {
    expect(minuteText(NOW + 59_999)).toBe('2026-11-23 05:00Z');
  });

  it.each([
    { at: NOW - 3 * HOUR_MS, text: '3 h ago' },
    { at: NOW, text: 'just now' },
    { at: NOW + 59_999, text: 'in less than a minute' },
    { at: NOW + 60_000, text: 'in 1 min' },
    { at: NOW + 22 * HOUR_MS, text: 'in 22 h' },
  ])('$text', ({ at, text }) => {
    expect(distanceText(at, NOW)).toBe(text);
  });

  it.each([
    { at: NOW - 3 * HOUR_MS, text: '3 h ago' },
    { at: NOW - 59_999, text: 'just now' },
    { at: NOW + 59_999, text: 'just now' },
    { at: NOW + 60_000, text: 'in 1 min' },
  ])('that something began at: $text', ({ at, text }) => {
    expect(beganText(at, NOW)).toBe(text);
  });

  it('of the next slots come in order, none of them now', () => {
    expect(nextSlots(aPolicy({ schedule: '0 5 * * *' }), NOW, 3).map(minuteText)).toEqual([
      '2026-11-24 05:00Z',
      '2026-11-25 05:00Z',
      '2026-11-26 05:00Z',
    ]);
  });
});
