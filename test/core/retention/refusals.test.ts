import { describe, expect, it } from 'vitest';
import { decideSeries } from '../../../shared/core/retention/decide.ts';
import { refusalsOf } from '../../../shared/core/retention/refusals.ts';
import type { Series } from '../../../shared/core/scene/series.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Retention } from '../../../shared/model/policy.ts';
import { aPolicy, LATEST_SLOT, NOW, someDetails } from '../../support/world.ts';
import { aPoint, aRetention, aSeries, dailyPoints, daysAgo } from './build.ts';

const withRetention = (retention: Retention): Series => aSeries({ policy: aPolicy({ retention }) });

interface Case {
  readonly name: string;
  readonly series: Series;
  readonly refusals: readonly string[];
}

const LATEST_MISSING = 'the latest slot, 2026-11-23T03:00:00Z, has no available recovery point yet';

const CASES: readonly Case[] = [
  {
    name: 'an empty retention is refused',
    series: withRetention({}),
    refusals: ['the retention of standard is empty: no rule keeps anything'],
  },
  {
    name: 'a retention of zeros is empty',
    series: withRetention({ last: 0, daily: 0 }),
    refusals: ['the retention of standard is empty: no rule keeps anything'],
  },
  {
    name: 'a `within` of no length is empty',
    series: withRetention({ within: { years: 0, months: 0, days: 0, hours: 0 } }),
    refusals: ['the retention of standard is empty: no rule keeps anything'],
  },
  {
    name: 'a `within` that reaches forward is refused',
    series: withRetention({ within: { years: 0, months: 0, days: 2, hours: -1 } }),
    refusals: ['the retention of standard is unusable: hours is -1'],
  },
  {
    name: 'a negative count is refused, whatever else is kept',
    series: withRetention({ daily: 7, monthly: -1 }),
    refusals: ['the retention of standard is unusable: monthly is -1'],
  },
  {
    name: 'a count that is no number is refused',
    series: withRetention({ last: Number.NaN }),
    refusals: ['the retention of standard is unusable: last is NaN'],
  },
  {
    name: 'a fraction is refused',
    series: withRetention({ yearly: 1.5 }),
    refusals: ['the retention of standard is unusable: yearly is 1.5'],
  },
  {
    name: 'a hold stops all expiry',
    series: aSeries({ hold: true }),
    refusals: ['Orders carries the tag backup:hold = true'],
  },
  {
    name: 'a gap stops all expiry, and all gaps are told in one order',
    series: aSeries({ gaps: ['tags: AccessDenied', 'recovery points: timed out'] }),
    refusals: ['not everything could be seen: recovery points: timed out; tags: AccessDenied'],
  },
  {
    name: 'a table that nobody confirmed keeps everything',
    series: aSeries({ confirmed: undefined }),
    refusals: ['DescribeTable did not confirm which table Orders is'],
  },
  {
    name: 'a table that is being deleted keeps everything',
    series: aSeries({ confirmed: someDetails('Orders', { status: 'DELETING' }) }),
    refusals: ['Orders is DELETING'],
  },
  {
    name: 'a table that was made again keeps its old ones until it has one of its own',
    series: aSeries({ confirmed: someDetails('Orders', { tableId: 'made-again' }) }),
    refusals: [LATEST_MISSING],
  },
  {
    name: 'nothing expires before the latest slot has its recovery point',
    series: aSeries({ points: dailyPoints(10).slice(1) }),
    refusals: [LATEST_MISSING],
  },
  {
    name: 'one that is still being created does not stand for the latest slot',
    series: aSeries({ points: [aPoint({ status: 'creating' }), ...dailyPoints(10).slice(1)] }),
    refusals: [LATEST_MISSING],
  },
  {
    name: 'one that is named for a later slot than it was made at does not stand for the latest slot',
    series: aSeries({ points: [aPoint({ createdAt: LATEST_SLOT - DAY_MS }), ...dailyPoints(10).slice(1)] }),
    refusals: [LATEST_MISSING],
  },
  {
    name: 'one from the future does not stand for the latest slot',
    series: aSeries({ points: [aPoint({ slot: NOW + MINUTE_MS }), ...dailyPoints(10).slice(1)] }),
    refusals: [LATEST_MISSING],
  },
  {
    name: 'failing backups stop all expiry',
    series: aSeries({ backupsFailing: true }),
    refusals: ['backups of Orders are failing or overdue'],
  },
  {
    name: 'a suspicious clock stops all expiry, in its own words',
    series: aSeries({ clockSuspicious: 'the event says 2027' }),
    refusals: ['the event says 2027'],
  },
  {
    name: 'everything that stands against it is told',
    series: aSeries({ hold: true, backupsFailing: true }),
    refusals: ['Orders carries the tag backup:hold = true', 'backups of Orders are failing or overdue'],
  },
];

/** An hourly schedule, a quarter of an hour after its latest slot: the newest available one is of that many slots ago. */
const hourly = (slotsAgo: number): Series => {
  const latestSlot = NOW - 15 * MINUTE_MS;
  const points = Array.from({ length: 10 }, (_, index) =>
    aPoint({
      slot: latestSlot - (slotsAgo + index) * HOUR_MS,
      createdAt: latestSlot - (slotsAgo + index) * HOUR_MS,
    }),
  );
  return aSeries({
    policy: aPolicy({ schedule: '0 * * * *', rpoMs: 2 * HOUR_MS, retention: { last: 3 } }),
    points,
    latestSlot,
  });
};

describe('a slot that is only just past', () => {
  it.each([
    { name: 'has its recovery point', slotsAgo: 0, refusals: [] },
    { name: 'may still be under way', slotsAgo: 1, refusals: [] },
    {
      name: 'hides no backups that are overdue',
      slotsAgo: 2,
      refusals: [expect.stringMatching(/^backups are overdue/)],
    },
  ])('$name', ({ slotsAgo, refusals }) => {
    expect(refusalsOf(hourly(slotsAgo), NOW)).toEqual(refusals);
  });
});

describe('the last moment at which', () => {
  const policy = aPolicy({ rpoMs: 26 * HOUR_MS, retention: { last: 3 } });
  const series = aSeries({ policy, points: dailyPoints(10).slice(1) });

  it('a slot without its recovery point is only just past is an hour after it', () => {
    expect(refusalsOf(series, LATEST_SLOT + HOUR_MS)).toEqual([]);
    expect(refusalsOf(series, LATEST_SLOT + HOUR_MS + 1)).toEqual([LATEST_MISSING]);
  });

  it('backups are not overdue is when the newest is as old as the promise', () => {
    const rpoMs = DAY_MS + 30 * MINUTE_MS;
    const hurried = { ...series, policy: { ...policy, rpoMs } };
    const madeAt = LATEST_SLOT - DAY_MS + MINUTE_MS;
    expect(refusalsOf(hurried, madeAt + rpoMs)).toEqual([]);
    expect(refusalsOf(hurried, madeAt + rpoMs + 1)).toEqual([
      'backups are overdue: the newest available recovery point is of 2026-11-22T03:01:00Z',
    ]);
  });
});

describe('what stands against an expiry', () => {
  it('is nothing for a table in good order', () => {
    expect(refusalsOf(aSeries(), NOW)).toEqual([]);
    expect(decideSeries(aSeries(), NOW).filter(({ decision }) => decision === 'expire')).toHaveLength(7);
  });

  it.each(CASES)('$name', ({ series, refusals }) => {
    expect(refusalsOf(series, NOW)).toEqual(refusals);
  });

  it.each(CASES)('$name: no decision is to expire', ({ series }) => {
    const decisions = decideSeries(series, NOW);
    expect(decisions).toHaveLength(series.points.length);
    expect(decisions.filter(({ decision }) => decision === 'expire')).toEqual([]);
  });

  it('what it holds back says why, and what a rule keeps says that rule', () => {
    const series = aSeries({ hold: true, points: dailyPoints(4) });
    expect(decideSeries(series, NOW).map(({ reasons }) => reasons)).toEqual([
      ['among the last 3'],
      ['among the last 3'],
      ['among the last 3'],
      ['held back: Orders carries the tag backup:hold = true'],
    ]);
  });

  it('a table being updated is in service', () => {
    const series = aSeries({ confirmed: someDetails('Orders', { status: 'UPDATING' }) });
    expect(refusalsOf(series, NOW)).toEqual([]);
  });

  describe('half an hour after a slot that has no recovery point yet', () => {
    const soon = LATEST_SLOT + 30 * MINUTE_MS;
    const unfilled = { points: dailyPoints(10).slice(1) };
    const making = aPoint({ status: 'creating' });
    const updating = someDetails('Orders', { status: 'UPDATING' });
    const PUT_OFF = ['the recovery point of the latest slot, 2026-11-23T03:00:00Z, is put off'];
    const expired = (series: Series) =>
      decideSeries(series, soon).filter(({ decision }) => decision === 'expire').length;

    it.each([
      { name: 'its turn has not come', given: {}, refusals: [], expires: 5 },
      {
        name: 'it is being made',
        given: { points: [making, ...unfilled.points] },
        refusals: [],
        expires: 5,
      },
      { name: 'the table is being updated', given: { confirmed: updating }, refusals: PUT_OFF, expires: 0 },
      { name: 'the last backup run put it off', given: { deferred: true }, refusals: PUT_OFF, expires: 0 },
      {
        name: 'it is being made although the table is being updated',
        given: { confirmed: updating, deferred: true, points: [making, ...unfilled.points] },
        refusals: PUT_OFF,
        expires: 0,
      },
    ])('$name: $expires expire', ({ given, refusals, expires }) => {
      const series = aSeries({ ...unfilled, ...given });
      expect(refusalsOf(series, soon)).toEqual(refusals);
      expect(expired(series)).toBe(expires);
    });

    it('what would go only for the newest one stays, and says why', () => {
      const reasons = decideSeries(aSeries(unfilled), soon).map(({ reasons: [first] }) => first);
      expect(reasons.slice(2, 5)).toEqual([
        'among the last 3',
        'kept until the latest slot has its recovery point',
        'not among the last 3',
      ]);
    });
  });

  it('a retention of `within` alone is not empty', () => {
    expect(refusalsOf(withRetention(aRetention({ within: '1h' })), NOW)).toEqual([]);
  });

  it('a made-up slot beyond the latest still counts as up to date', () => {
    const series = aSeries({ latestSlot: daysAgo(1) });
    expect(refusalsOf(series, NOW)).toEqual([]);
  });
});
