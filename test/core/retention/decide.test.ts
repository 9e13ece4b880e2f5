import { describe, expect, it } from 'vitest';
import { decideSeries, proposesExpiry } from '../../../shared/core/retention/decide.ts';
import { createWording } from '../../../shared/core/retention/reasons.ts';
import type { Series, SeriesPoint } from '../../../shared/core/scene/series.ts';
import { CLOCK_TOLERANCE_MS, DAY_MS, HOUR_MS, isoInstant, MINUTE_MS } from '../../../shared/model/instant.ts';
import { growth, IN_PROPORTION } from '../../support/growth.ts';
import { aPolicy, LATEST_SLOT, NOW, someDetails } from '../../support/world.ts';
import { aPoint, aRetention, aSeries, dailyPoints, daysAgo } from './build.ts';

/** What is decided of one point, in a line. */
const lines = (series: Series, now = NOW): readonly string[] =>
  decideSeries(series, now).map(
    ({ decision, recoveryPoint, reasons }) =>
      `${decision} ${isoInstant(recoveryPoint.createdAt - MINUTE_MS)}: ${reasons.join(' · ')}`,
  );

interface Case {
  readonly name: string;
  readonly points: readonly SeriesPoint[];
  readonly says: readonly string[];
}

const NEWEST = aPoint();
const OTHER_DAYS = dailyPoints(3).slice(1);

const CASES: readonly Case[] = [
  {
    name: 'the rules decide, newest first',
    points: dailyPoints(3),
    says: [
      'keep 2026-11-23T03:00:00Z: among the last 2',
      'keep 2026-11-22T03:00:00Z: among the last 2',
      'expire 2026-11-21T03:00:00Z: not among the last 2',
    ],
  },
  {
    name: 'one that is still being created displaces nothing',
    points: [NEWEST, aPoint({ slot: LATEST_SLOT - HOUR_MS, status: 'creating' }), ...OTHER_DAYS],
    says: [
      'keep 2026-11-23T03:00:00Z: among the last 2',
      'keep 2026-11-23T02:00:00Z: does not count: it is creating',
      'keep 2026-11-22T03:00:00Z: among the last 2',
      'expire 2026-11-21T03:00:00Z: not among the last 2',
    ],
  },
  {
    name: 'one that is deleted already displaces nothing',
    points: [NEWEST, aPoint({ slot: daysAgo(1), status: 'deleted' }), aPoint({ slot: daysAgo(2) })],
    says: [
      'keep 2026-11-23T03:00:00Z: among the last 2',
      'keep 2026-11-22T03:00:00Z: does not count: it is deleted',
      'keep 2026-11-21T03:00:00Z: among the last 2',
    ],
  },
  {
    name: 'one of an earlier table of this name is kept and displaces nothing',
    points: [NEWEST, ...OTHER_DAYS, aPoint({ slot: daysAgo(400), tableId: 'earlier' })],
    says: [
      'keep 2026-11-23T03:00:00Z: among the last 2',
      'keep 2026-11-22T03:00:00Z: among the last 2',
      'expire 2026-11-21T03:00:00Z: not among the last 2',
      'keep 2025-10-19T03:00:00Z: does not count: it is of an earlier table of this name',
    ],
  },
  {
    name: 'one from the future is kept and displaces nothing',
    points: [aPoint({ slot: NOW + HOUR_MS }), NEWEST, ...OTHER_DAYS],
    says: [
      'keep 2026-11-23T06:00:00Z: does not count: its slot 2026-11-23T06:00:00Z is in the future',
      'keep 2026-11-23T03:00:00Z: among the last 2',
      'keep 2026-11-22T03:00:00Z: among the last 2',
      'expire 2026-11-21T03:00:00Z: not among the last 2',
    ],
  },
  {
    name: 'one named for a slot later than it was made is kept and displaces nothing',
    points: [
      NEWEST,
      aPoint({ slot: LATEST_SLOT - HOUR_MS, createdAt: daysAgo(9) + MINUTE_MS }),
      ...OTHER_DAYS,
    ],
    says: [
      'keep 2026-11-23T03:00:00Z: among the last 2',
      'keep 2026-11-14T03:00:00Z: does not count: its slot 2026-11-23T02:00:00Z is later than it was made',
      'keep 2026-11-22T03:00:00Z: among the last 2',
      'expire 2026-11-21T03:00:00Z: not among the last 2',
    ],
  },
  {
    name: 'one named for a slot as much later as clocks may disagree counts',
    points: [aPoint({ createdAt: LATEST_SLOT - CLOCK_TOLERANCE_MS })],
    says: ['keep 2026-11-23T02:54:00Z: among the last 2'],
  },
  {
    name: 'one of a slot that is just now counts',
    points: [aPoint({ slot: NOW }), NEWEST, ...OTHER_DAYS.slice(1)],
    says: [
      'keep 2026-11-23T05:00:00Z: among the last 2',
      'keep 2026-11-23T03:00:00Z: among the last 2',
      'expire 2026-11-21T03:00:00Z: not among the last 2',
    ],
  },
  {
    name: 'one that was listed while it was made and when it was gone is told as being made',
    points: [
      NEWEST,
      aPoint({ slot: daysAgo(1), status: 'deleted' }),
      aPoint({ slot: daysAgo(1), status: 'creating' }),
    ],
    says: [
      'keep 2026-11-23T03:00:00Z: among the last 2',
      'keep 2026-11-22T03:00:00Z: does not count: it is creating',
    ],
  },
  {
    name: 'one that was listed twice counts once',
    points: [NEWEST, NEWEST, ...OTHER_DAYS],
    says: [
      'keep 2026-11-23T03:00:00Z: among the last 2',
      'keep 2026-11-22T03:00:00Z: among the last 2',
      'expire 2026-11-21T03:00:00Z: not among the last 2',
    ],
  },
  {
    name: 'one that was listed before and after it became available does not count yet',
    points: [
      NEWEST,
      aPoint({ slot: daysAgo(1) }),
      aPoint({ slot: daysAgo(1), status: 'creating' }),
      aPoint({ slot: daysAgo(2) }),
    ],
    says: [
      'keep 2026-11-23T03:00:00Z: among the last 2',
      'keep 2026-11-22T03:00:00Z: does not count: it is creating',
      'keep 2026-11-21T03:00:00Z: among the last 2',
    ],
  },
];

describe('decideSeries', () => {
  const policy = aPolicy({ retention: { last: 2 } });

  it.each(CASES)('$name', ({ points, says }) => {
    expect(lines(aSeries({ policy, points }))).toEqual(says);
  });

  it('names the policy and hands back the recovery point as it came', () => {
    expect(decideSeries(aSeries({ points: [NEWEST] }), NOW)).toEqual([
      {
        recoveryPoint: NEWEST.recoveryPoint,
        policy: 'standard',
        decision: 'keep',
        reasons: ['among the last 3'],
      },
    ]);
  });

  it('decides nothing of nothing', () => {
    expect(decideSeries(aSeries({ points: [] }), NOW)).toEqual([]);
  });

  it('explains by the incarnation of the newest while the table is not confirmed', () => {
    const points = [...dailyPoints(3), aPoint({ slot: daysAgo(9), tableId: 'earlier' })];
    expect(lines(aSeries({ policy, points, confirmed: undefined })).map((line) => line.slice(27))).toEqual([
      'among the last 2',
      'among the last 2',
      'held back: DescribeTable did not confirm which table Orders is',
      'does not count: it is of an earlier table of this name',
    ]);
  });
});

describe('what is said of each', () => {
  const policy = aPolicy({ retention: { last: 1, daily: 2 } });

  it('is every rule that keeps it', () => {
    expect(lines(aSeries({ policy, points: dailyPoints(3) }))).toEqual([
      'keep 2026-11-23T03:00:00Z: among the last 1 · the newest of 2026-11-23 (daily 1 of 2)',
      'keep 2026-11-22T03:00:00Z: the newest of 2026-11-22 (daily 2 of 2)',
      'expire 2026-11-21T03:00:00Z: not among the last 1 · daily is filled: 2 of 2',
    ]);
  });

  it('is one text for all tables of a run, where one rule keeps it', () => {
    const shared = { wording: createWording() };
    const [, one] = decideSeries(aSeries({ policy, points: dailyPoints(3) }), NOW, shared);
    const [, other] = decideSeries(aSeries({ policy, points: dailyPoints(3), table: 'Users' }), NOW, shared);
    expect(one?.reasons).toEqual(['the newest of 2026-11-22 (daily 2 of 2)']);
    expect(other?.reasons).toBe(one?.reasons);
  });

  it('goes by the newest available one, not by one still being made, while the table is not confirmed', () => {
    const points = [aPoint({ slot: NOW, status: 'creating', tableId: 'made-again' }), NEWEST];
    expect(lines(aSeries({ points, confirmed: undefined }))).toEqual([
      'keep 2026-11-23T05:00:00Z: does not count: it is creating',
      'keep 2026-11-23T03:00:00Z: among the last 3',
    ]);
  });
});

describe('the newest available one never expires', () => {
  it('`within` keeps it where restic would let go of it, in the first pass of an hour that comes twice', () => {
    const slot = Date.parse('2026-10-25T00:45:00Z');
    const policy = aPolicy({ retention: aRetention({ within: '1h' }), timezone: 'Europe/Berlin' });
    const points = [aPoint({ slot }), aPoint({ slot: slot - HOUR_MS })];
    expect(lines(aSeries({ policy, points, latestSlot: slot }), slot + HOUR_MS)).toEqual([
      'keep 2026-10-25T00:45:00Z: within 1h of the newest',
      'expire 2026-10-24T23:45:00Z: not within 1h of the newest',
    ]);
  });

  it('nor does the one made last, where a clock was wrong and its slot is not the newest', () => {
    const policy = aPolicy({ retention: { last: 1 } });
    const points = [NEWEST, aPoint({ slot: daysAgo(3), createdAt: LATEST_SLOT + HOUR_MS }), ...OTHER_DAYS];
    expect(lines(aSeries({ policy, points }))).toEqual([
      'keep 2026-11-23T03:00:00Z: the newest available one, which never expires',
      'expire 2026-11-22T03:00:00Z: not among the last 1',
      'expire 2026-11-21T03:00:00Z: not among the last 1',
      'keep 2026-11-23T03:59:00Z: among the last 1',
    ]);
  });
});

describe('two that were made at one moment', () => {
  it('are one that never expires, the one of the newest slot, and one that may', () => {
    const createdAt = LATEST_SLOT + MINUTE_MS;
    const points = [NEWEST, aPoint({ slot: daysAgo(1), createdAt })];
    const series = aSeries({ policy: aPolicy({ retention: { last: 1 } }), points });
    expect(decideSeries(series, NOW).map(({ decision }) => decision)).toEqual(['keep', 'expire']);
  });
});

describe('proposesExpiry', () => {
  it.each([
    { name: 'says yes where the rules let something go', points: dailyPoints(4), says: true },
    { name: 'says no where every one is kept', points: dailyPoints(3), says: false },
    { name: 'says no where nothing is there', points: [], says: false },
    {
      name: 'says no where only the sum of two incarnations is too many',
      points: [...dailyPoints(3), aPoint({ slot: daysAgo(9), tableId: 'earlier' })],
      says: false,
    },
    {
      name: 'says yes where any incarnation has too many',
      points: [NEWEST, ...[1, 2, 3, 4].map((days) => aPoint({ slot: daysAgo(days), tableId: 'other' }))],
      says: true,
    },
  ])('$name', ({ points, says }) => {
    expect(proposesExpiry(aSeries({ confirmed: undefined, points }), NOW)).toBe(says);
  });
});

describe('how long it takes', () => {
  it('250,000 recovery points take four times as long as a quarter of them', {
    tags: ['timed'],
  }, async () => {
    const all = Array.from({ length: 250_000 }, (_, index): SeriesPoint => {
      const slot = LATEST_SLOT - index * HOUR_MS;
      return { slot, recoveryPoint: { ...NEWEST.recoveryPoint, id: `backup/${index}`, createdAt: slot } };
    });
    const retention = aRetention({ last: 3, within: '48h', daily: 7, weekly: 4, monthly: 12, yearly: 9 });
    const policy = aPolicy({ retention, timezone: 'America/New_York' });
    const confirmed = someDetails('Orders', { createdAt: NOW - 400 * DAY_MS });
    const prepare = (amount: number) => {
      const series = aSeries({ policy, points: all.slice(0, amount), confirmed });
      return () => {
        const decisions = decideSeries(series, NOW);
        expect(decisions.filter(({ decision }) => decision === 'keep').length).toBeLessThan(100);
      };
    };
    expect(await growth(prepare, all.length)).toBeLessThan(IN_PROPORTION);
  });
});
