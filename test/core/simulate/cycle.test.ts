import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latestSlot } from '../../../shared/core/calendar/slots.ts';
import { PRICES } from '../../../shared/core/money/prices.ts';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { keptBy } from '../../../shared/core/retention/retain.ts';
import { cycleOf } from '../../../shared/core/simulate/cycle.ts';
import { keptSlots, MOST_KEPT } from '../../../shared/core/simulate/kept-slots.ts';
import { madeSlots } from '../../../shared/core/simulate/made-slots.ts';
import { simulate } from '../../../shared/core/simulate/simulate.ts';
import { steadyOf } from '../../../shared/core/simulate/steady.ts';
import { DAY_MS, type Instant } from '../../../shared/model/instant.ts';
import type { Policy } from '../../../shared/model/policy.ts';

// What validate says has to hold on every day of the year, whichever day it is asked on.

const policyOf = (rules: string): Policy => {
  const [policy] = loadPolicies(`policies:\n  one:\n    ${rules}\n`, 'policies.yml').policies;
  if (policy === undefined) throw new Error('there is a policy');
  return policy;
};

const NOW = Date.parse('2026-11-29T12:00:00Z');

const slotsOf = (policy: Policy, days: number): readonly Instant[] => {
  const slots: Instant[] = [];
  for (let at = latestSlot(policy, NOW); at > NOW - days * DAY_MS; at = latestSlot(policy, at - 1))
    slots.push(at);
  return slots;
};

/** By the rules of retention themselves, after each slot. */
const slowly = (policy: Policy, days: number) => {
  const kept = slotsOf(policy, days).map((slot) => ({ slot, madeAt: steadyOf(policy, slot).madeAt }));
  const counts = kept.map(({ madeAt }) => madeAt.length);
  return {
    leastMs: Math.min(...kept.map(({ slot, madeAt }) => slot - (madeAt.at(-1) ?? slot))),
    leastPoints: Math.min(...counts),
    mostPoints: Math.max(...counts),
  };
};

const anyRetention = fc
  .record(
    {
      last: fc.integer({ min: 1, max: 5 }),
      daily: fc.integer({ min: 1, max: 8 }),
      weekly: fc.integer({ min: 1, max: 4 }),
      monthly: fc.integer({ min: 1, max: 3 }),
      yearly: fc.integer({ min: 1, max: 2 }),
      within: fc.constantFrom('48h', '5d', '1mo'),
    },
    { requiredKeys: [] },
  )
  .filter((rules) => Object.keys(rules).length > 0);

const textOf = (retention: object): string =>
  `{ ${Object.entries(retention)
    .map(([rule, value]) => `${rule}: ${value}`)
    .join(', ')} }`;

describe('what a policy keeps over the year', { timeout: 60_000 }, () => {
  it('is what the rules keep after each slot, on the worst day and on the fullest', () => {
    fc.assert(
      fc.property(
        anyRetention,
        fc.constantFrom('0 3 * * *', '30 2 * * 1-5', '0 4 1,15 * *', '15 6 * * 0'),
        (retention, schedule) => {
          const policy = policyOf(`schedule: "${schedule}"\n    retention: ${textOf(retention)}`);
          const isLong = 'monthly' in retention || 'yearly' in retention || schedule.includes('1,15');
          const short = 'weekly' in retention ? 16 : 8;
          expect(cycleOf(policy, NOW)).toMatchObject(slowly(policy, isLong ? 366 : short));
        },
      ),
      { numRuns: 8 },
    );
  });

  it('is three days after New Year of a yearly rule, on whatever day it is asked', () => {
    const policy = policyOf('schedule: "0 3 * * *"\n    retention: { last: 3, yearly: 2 }');
    for (const at of ['2026-01-02T12:00:00Z', '2026-06-15T12:00:00Z', '2026-11-29T12:00:00Z'])
      expect(cycleOf(policy, Date.parse(at)).leastMs / DAY_MS).toBe(2);
  });

  it('has the slot after which the most are kept', () => {
    const policy = policyOf('schedule: "0 3 * * *"\n    retention: { last: 3, weekly: 4, monthly: 6 }');
    const { fullestAt, mostPoints } = cycleOf(policy, NOW);
    expect(steadyOf(policy, fullestAt).madeAt).toHaveLength(mostPoints);
  });

  it('is quick for a policy of every hour', () => {
    const policy = policyOf('schedule: "0 * * * *"\n    retention: { hourly: 24, daily: 30, monthly: 12 }');
    const { leastMs, mostPoints } = cycleOf(policy, NOW);
    expect(Math.floor(leastMs / DAY_MS)).toBeGreaterThan(300);
    expect(mostPoints).toBeGreaterThan(60);
  });
});

const ALL_DAYS = 3 * 366;

describe('what a policy keeps at an instant', { timeout: 60_000 }, () => {
  it('is what the rules keep of every slot, whatever the schedule and the zone', () => {
    fc.assert(
      fc.property(
        fc.record({ rules: anyRetention, hourly: fc.integer({ min: 1, max: 30 }) }),
        fc.constantFrom('0 3 * * *', '20 */5 * * *', '0 4 1,15 * *', '30 1,2 * * *'),
        fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/Santiago'),
        fc.integer({ min: 0, max: 400 * 24 }),
        ({ rules, hourly }, schedule, zone, hoursAgo) => {
          const rulesText = `schedule: "${schedule}"\n    retention: ${textOf({ ...rules, hourly })}`;
          const policy = { ...policyOf(rulesText), timezone: zone };
          const to = NOW - hoursAgo * 3_600_000;
          const { slots } = madeSlots(policy, { from: to - ALL_DAYS * DAY_MS, to });
          const all = keptBy(
            policy,
            slots.map((madeAt) => ({ madeAt })),
          );
          expect(keptSlots(policy, to).slots).toEqual(all.map(({ madeAt }) => madeAt));
        },
      ),
      { numRuns: 20 },
    );
  });

  it.each([
    { schedule: '0 * * * *', retention: '{ hourly: 24, daily: 730 }', points: [752, 752] },
    { schedule: '*/30 * * * *', retention: '{ daily: 1000 }', points: [1_000, 1_000] },
    { schedule: '0 * * * *', retention: '{ within: 2y }', points: [17_520, 17_520] },
    { schedule: '0 * * * *', retention: '{ hourly: 24, daily: 730, yearly: 7 }', points: [756, 757] },
  ])('is counted whole for $schedule with $retention', ({ points, retention, schedule }) => {
    const policy = policyOf(`schedule: "${schedule}"\n    retention: ${retention}`);
    const { isFloor, leastPoints, mostPoints } = cycleOf(policy, NOW);
    expect({ isFloor, points: [leastPoints, mostPoints] }).toEqual({ isFloor: false, points });
    expect(steadyOf(policy, NOW).lacks).toEqual([]);
  });

  it('is a floor where a rule keeps more than is counted, and the sum lacks the rest', () => {
    const policy = policyOf('schedule: "0 * * * *"\n    retention: { last: 100000 }');
    expect(cycleOf(policy, NOW)).toMatchObject({ isFloor: true, mostPoints: MOST_KEPT });
    const steady = steadyOf(policy, NOW);
    expect([steady.madeAt.length, steady.lacks]).toEqual([
      MOST_KEPT,
      ['what one keeps beyond the newest 20,000'],
    ]);
  });

  it.each([
    { schedule: '*/15 * * * *', most: 24, waiting: 12 },
    { schedule: '0 * * * *', most: 24, waiting: 6 },
    { schedule: '0 3 * * *', most: 24, waiting: 1 },
  ])(
    'is joined by $waiting that wait for prune, as in a simulation: $schedule',
    ({ most, schedule, waiting }) => {
      const text = `policies:\n  one:\n    schedule: "${schedule}"\n    retention: { hourly: 24 }\n`;
      const policies = loadPolicies(text, 'policies.yml');
      expect(cycleOf(policyOf(`schedule: "${schedule}"\n    retention: { hourly: 24 }`), NOW)).toMatchObject({
        mostPoints: most,
        waiting,
      });
      const { history } = simulate({
        ...{
          policies,
          tag: 'one',
          target: { accountId: '111122223333', region: 'us-east-1' },
          prices: PRICES,
        },
        ...{ from: NOW, days: schedule === '0 3 * * *' ? 40 : 8, bytesAt: () => 1e11 },
      });
      const counts = history.points.map(
        ({ point: { createdAt } }) =>
          history.points.filter(
            ({ goneAt = Number.POSITIVE_INFINITY, point }) =>
              point.createdAt <= createdAt && goneAt > createdAt,
          ).length,
      );
      expect(Math.max(...counts)).toBe(most + waiting);
    },
  );
});
