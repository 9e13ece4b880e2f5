import { describe, expect, it } from 'vitest';
import { missingSlotsIn } from '../../../shared/core/explain/missing-slots.ts';
import { tiersOf } from '../../../shared/core/explain/tiers.ts';
import type { Series } from '../../../shared/core/scene/series.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Retention } from '../../../shared/model/policy.ts';
import { aPolicy, aRecoveryPoint, LATEST_SLOT, NOW, someDetails } from '../../support/world.ts';

const night = (ago: number): number => LATEST_SLOT - ago * DAY_MS;

/** The nights that have a recovery point, as so many days ago. */
const aSeries = (nights: readonly number[], retention: Retention): Series => ({
  table: 'Orders',
  policy: aPolicy({ retention, schedule: '0 3 * * *', timezone: 'UTC' }),
  confirmed: someDetails('Orders'),
  hold: false,
  gaps: [],
  points: nights.map((ago) => ({
    slot: night(ago),
    recoveryPoint: aRecoveryPoint({ slot: night(ago), createdAt: night(ago) + 60_000 }),
  })),
  latestSlot: LATEST_SLOT,
  backupsFailing: false,
});

const missing = (series: Series, { isOverdue = false, since = night(400) } = {}): readonly number[] => {
  const { schedule, timezone, retention } = series.policy;
  const regime = { schedule, timezone, retention, since, seenAt: NOW };
  const regimes = new Map([[series.policy.name, [regime]]]);
  const slots = missingSlotsIn({ regimes, now: NOW })(series, isOverdue);
  return slots.map((slot) => (LATEST_SLOT - slot) / DAY_MS);
};

describe('a missing recovery point', () => {
  const WEEK = { daily: 7 };

  it.each<readonly [string, readonly number[], Retention, readonly number[]]>([
    ['none of a whole week', [0, 1, 2, 3, 4, 5, 6], WEEK, []],
    ['the one between others', [0, 1, 3, 4, 5, 6], WEEK, [2]],
    ['none that the rules would have let go since', [0, 1, 2, 3, 4, 5, 6, 30], WEEK, []],
    ['none of a young table, whose first one is the oldest', [0, 1], WEEK, []],
    ['of monthly ones only those that were the newest of their month', [0, 23, 84], { monthly: 12 }, [54]],
    ['none where there is no recovery point at all', [], WEEK, []],
  ])('is %s', (_, nights, retention, expected) => {
    expect(missing(aSeries(nights, retention))).toEqual(expected);
  });

  it('is the latest one only where it is overdue', () => {
    const series = aSeries([1, 2, 3], WEEK);
    expect(missing(series)).toEqual([]);
    expect(missing(series, { isOverdue: true })).toEqual([0]);
  });

  it('is none that no policy asked for yet', () => {
    const series = aSeries([0, 1, 6], WEEK);
    expect(missing(series)).toEqual([5, 4, 3, 2]);
    expect(missing(series, { since: night(3) })).toEqual([3, 2]);
  });

  it('is none that its run would have made on the day after its slot', () => {
    // Every hour at 15 minutes past, by runs two minutes after the hour: what is newest of a day is of 22:15, and that of 23:15 is of the next day.
    const retention = { hourly: 3, daily: 4 };
    const hour = (slot: number) => ({
      slot,
      recoveryPoint: aRecoveryPoint({ slot, createdAt: slot + 47 * MINUTE_MS }),
    });
    const midnight = LATEST_SLOT - (LATEST_SLOT % DAY_MS);
    const slots = [
      ...[1, 2, 3].map((ago) => midnight - (ago - 1) * DAY_MS - 105 * MINUTE_MS),
      ...[2.25, 1.25, 0.25].map((hours) => midnight + hours * HOUR_MS),
    ];
    const latestSlot = midnight + 2.25 * HOUR_MS;
    const series = { ...aSeries([], retention), points: slots.map(hour), latestSlot };
    const hourly = { ...series, policy: { ...series.policy, schedule: '15 * * * *' } };
    expect(missing(hourly)).toEqual([]);
  });

  it('is none of an earlier table of the name', () => {
    const series = aSeries([0, 1, 6], WEEK);
    const [newest, second, earlier] = series.points;
    if (newest === undefined || second === undefined || earlier === undefined) throw new Error('no points');
    const old = { ...earlier, recoveryPoint: { ...earlier.recoveryPoint, tableId: 'earlier' } };
    expect(missing({ ...series, points: [newest, second, old] })).toEqual([]);
  });
});

describe('the tier of a recovery point', () => {
  it('is the coarsest rule that keeps it', () => {
    const series = aSeries([0, 1, 2, 7, 23, 54, 85], { last: 3, daily: 2, weekly: 2, monthly: 2 });
    const tiers = tiersOf(series, NOW);
    expect(series.points.map(({ recoveryPoint }) => tiers.get(recoveryPoint.id))).toEqual([
      ...['monthly', 'weekly', 'recent', 'none'],
      ...['monthly', 'none', 'none'],
    ]);
  });
});
