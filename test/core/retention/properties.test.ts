import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideSeries, proposesExpiry } from '../../../shared/core/retention/decide.ts';
import type { Series, SeriesPoint } from '../../../shared/core/scene/series.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { RetentionDecision } from '../../../shared/model/plan.ts';
import type { Retention } from '../../../shared/model/policy.ts';
import type { RecoveryPointStatus } from '../../../shared/model/recovery-point.ts';
import { parseRecoveryPointName } from '../../../shared/model/recovery-point-name.ts';
import { aPolicy, LATEST_SLOT, NOW, tableIdOf } from '../../support/world.ts';
import { aPoint, aSeries } from './build.ts';

/** Mostly no such rule, so that there is something to expire. */
const count = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 8 }) },
);
const counts = fc.record({
  last: count,
  hourly: count,
  daily: count,
  weekly: count,
  monthly: count,
  yearly: count,
});
const within = fc.record({
  years: fc.nat({ max: 1 }),
  months: fc.nat({ max: 3 }),
  days: fc.nat({ max: 40 }),
  hours: fc.integer({ min: 1, max: 99 }),
});

const retentions: fc.Arbitrary<Retention> = fc
  .tuple(counts, fc.option(within, { freq: 2 }))
  .map(([rules, reach]) => (reach === null ? rules : { ...rules, within: reach }))
  .filter((rules) => Object.values(rules).some((rule) => rule !== 0));

const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
);

/** Minutes before the latest slot: of the last days, or of the last years. */
const agesMinutes = fc.oneof(fc.nat({ max: 5 * 1440 }), fc.nat({ max: 4 * 365 * 1440 }));

const aged = (
  ageMinutes: number,
  status: RecoveryPointStatus = 'available',
  tableId = tableIdOf('Orders'),
): SeriesPoint =>
  aPoint({ id: `${tableId}/${ageMinutes}`, slot: LATEST_SLOT - ageMinutes * MINUTE_MS, status, tableId });

/** Available ones of this incarnation, the latest slot's among them. */
const plainPoints = fc
  .uniqueArray(agesMinutes, { maxLength: 60, size: 'max' })
  .map((ages) => [...new Set([0, ...ages])].map((age) => aged(age)));

const statuses = fc.constantFrom<RecoveryPointStatus>(
  'available',
  'available',
  'available',
  'creating',
  'deleted',
);

/** Anything that may stand in a list: statuses, incarnations, the future, late makings, the same one twice. */
const anyPoint = fc
  .record({
    age: fc.oneof(agesMinutes, agesMinutes, fc.integer({ min: -3000, max: 60 })),
    status: statuses,
    table: fc.constantFrom('Orders', 'Orders', 'Orders', 'Old'),
    lateMinutes: fc.oneof(fc.constant(1), fc.constant(1), fc.nat({ max: 60 * 1440 })),
  })
  .map(({ age, status, table, lateMinutes }) => {
    const point = aged(age, status, tableIdOf(table));
    return {
      ...point,
      recoveryPoint: { ...point.recoveryPoint, createdAt: point.slot + lateMinutes * MINUTE_MS },
    };
  });

/** Mostly with one for the latest slot, without which nothing expires. */
const anyPoints = fc
  .tuple(fc.array(anyPoint, { maxLength: 60, size: 'max' }), fc.constantFrom([aged(0)], [aged(0)], []))
  .map(([points, latest]) => [...points, ...latest]);

const allSeriesOf = (points: fc.Arbitrary<readonly SeriesPoint[]>): fc.Arbitrary<Series> =>
  fc
    .tuple(points, retentions, zones)
    .map(([some, retention, timezone]) =>
      aSeries({ points: some, policy: aPolicy({ retention, timezone }) }),
    );

/** Mostly in good order; else with something that stands against an expiry. */
const anySeries = fc.tuple(allSeriesOf(anyPoints), fc.nat({ max: 9 })).map(([series, trouble]) => ({
  ...series,
  hold: trouble === 7,
  backupsFailing: trouble === 8,
  gaps: trouble === 9 ? ['tags: AccessDenied'] : [],
}));

const idsOf = (decisions: readonly RetentionDecision[], wanted: 'keep' | 'expire'): readonly string[] =>
  decisions.filter(({ decision }) => decision === wanted).map(({ recoveryPoint }) => recoveryPoint.id);

const expired = (series: Series): readonly string[] => idsOf(decideSeries(series, NOW), 'expire');
const kept = (series: Series): readonly string[] => idsOf(decideSeries(series, NOW), 'keep');

const isCounted = ({ recoveryPoint, slot }: SeriesPoint): boolean =>
  recoveryPoint.status === 'available' && recoveryPoint.tableId === tableIdOf('Orders') && slot <= NOW;

const newestSlot = (points: readonly SeriesPoint[]): Instant => Math.max(...points.map(({ slot }) => slot));

const newestCreation = (points: readonly SeriesPoint[]): Instant =>
  Math.max(...points.map(({ recoveryPoint }) => recoveryPoint.createdAt));

const shuffled = <Item>(items: readonly Item[]): fc.Arbitrary<readonly Item[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length });

const check = <Value>(values: fc.Arbitrary<Value>, holds: (value: Value) => void): void =>
  fc.assert(fc.property(values, holds), { numRuns: 300 });

describe('for every history and retention', () => {
  it('(the histories are worth it: one in four or more have something to expire)', () => {
    const sample = fc.sample(anySeries, { numRuns: 300, seed: 1 });
    expect(sample.filter((series) => expired(series).length > 0).length).toBeGreaterThan(75);
  });

  it('the newest available recovery point never expires, be it by slot or by creation', () => {
    check(anySeries, (series) => {
      const counted = series.points.filter(isCounted);
      const gone = new Set(expired(series));
      const left = counted.filter(({ recoveryPoint }) => !gone.has(recoveryPoint.id));
      expect(newestSlot(left)).toBe(newestSlot(counted));
      expect(newestCreation(left)).toBe(newestCreation(counted));
    });
  });

  it('only available ones of this incarnation, from the past, expire', () => {
    check(anySeries, (series) => {
      const counted = new Set(series.points.filter(isCounted).map(({ recoveryPoint }) => recoveryPoint.id));
      expect(expired(series).filter((id) => !counted.has(id))).toEqual([]);
    });
  });

  it('every recovery point gets exactly one decision, newest first, with a reason', () => {
    check(anySeries, (series) => {
      const decisions = decideSeries(series, NOW);
      const ids = decisions.map(({ recoveryPoint }) => recoveryPoint.id);
      expect(ids.toSorted()).toEqual(
        [...new Set(series.points.map(({ recoveryPoint }) => recoveryPoint.id))].toSorted(),
      );
      expect(decisions.filter(({ reasons }) => reasons.length === 0)).toEqual([]);
      const slots = decisions.map(
        ({ recoveryPoint }) => parseRecoveryPointName(recoveryPoint.name)?.slot ?? 0,
      );
      expect(slots).toEqual(slots.toSorted((one, other) => other - one));
    });
  });

  it('shuffling the list changes no decision', () => {
    const both = anySeries.chain((series) => fc.tuple(fc.constant(series), shuffled(series.points)));
    check(both, ([series, points]) => {
      expect(decideSeries({ ...series, points }, NOW)).toEqual(decideSeries(series, NOW));
    });
  });

  it('deciding again on what was kept expires nothing more', () => {
    check(allSeriesOf(plainPoints), (series) => {
      const gone = new Set(expired(series));
      const left = series.points.filter(({ recoveryPoint }) => !gone.has(recoveryPoint.id));
      expect(expired({ ...series, points: left })).toEqual([]);
    });
  });

  it('those still being created, deleted, of another table or from the future displace nothing', () => {
    const extra = anyPoints.map((points) => points.filter((point) => !isCounted(point)));
    check(fc.tuple(allSeriesOf(plainPoints), extra), ([series, others]) => {
      const counted = new Set(series.points.map(({ recoveryPoint }) => recoveryPoint.id));
      const strangers = others.filter(({ recoveryPoint }) => !counted.has(recoveryPoint.id));
      expect(expired({ ...series, points: [...strangers, ...series.points] })).toEqual(expired(series));
    });
  });

  it('a retention that asks for more keeps all that one asking for less keeps', () => {
    const more = fc.record({
      last: fc.nat({ max: 3 }),
      daily: fc.nat({ max: 9 }),
      monthly: fc.nat({ max: 9 }),
      days: fc.nat({ max: 9 }),
    });
    check(fc.tuple(allSeriesOf(plainPoints), more), ([series, added]) => {
      const { retention } = series.policy;
      const { last = 0, daily = 0, monthly = 0 } = retention;
      const grown = {
        ...retention,
        last: last + added.last,
        daily: daily + added.daily,
        monthly: monthly + added.monthly,
      };
      const reach = retention.within;
      const generous =
        reach === undefined ? grown : { ...grown, within: { ...reach, days: reach.days + added.days } };
      const richer = kept({ ...series, policy: { ...series.policy, retention: generous } });
      expect(kept(series).filter((id) => !richer.includes(id))).toEqual([]);
    });
  });

  it('nothing ages out while backups stand still: what is expired a year later is what was expired now', () => {
    check(allSeriesOf(plainPoints), (series) => {
      expect(idsOf(decideSeries(series, NOW + 365 * DAY_MS), 'expire')).toEqual(expired(series));
    });
  });

  it('what is not proposed before the table is confirmed is not expired after', () => {
    check(anySeries, (series) => {
      const proposed = proposesExpiry({ ...series, confirmed: undefined }, NOW);
      expect(expired(series).length > 0 && !proposed).toBe(false);
    });
  });

  it('a retention without rules expires nothing', () => {
    check(anyPoints, (points) => {
      expect(expired(aSeries({ points, policy: aPolicy({ retention: {} }) }))).toEqual([]);
    });
  });
});
