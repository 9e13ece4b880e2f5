import { describe, expect, it } from 'vitest';
import { PRICES } from '../../../shared/core/money/prices.ts';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { type Simulation, simulate } from '../../../shared/core/simulate/simulate.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../../shared/model/instant.ts';

// What is sure of the past is what is there on the worst day that was simulated, not on the last ones: asked of the ledger hour by hour.

const TARGET = { accountId: '111122223333', region: 'us-east-1' };

const simulated = (rules: string, from: string, days: number): Simulation => {
  const policies = loadPolicies(`policies:\n  one:\n    ${rules}\n`, 'policies.yml');
  return simulate({
    ...{ policies, tag: 'one', target: TARGET, from: Date.parse(from), days, prices: PRICES },
    bytesAt: () => 1e11,
  });
};

const thereAt = ({ history }: Simulation, at: Instant): readonly Instant[] =>
  history.points
    .filter(({ goneAt, point }) => point.createdAt <= at && (goneAt === undefined || goneAt > at))
    .map(({ point }) => point.createdAt);

/** Each half hour from when the first recovery point is gone. */
const fullTimes = (simulation: Simulation): readonly Instant[] => {
  const [first] = simulation.history.points;
  const start = first?.goneAt ?? simulation.to;
  const count = Math.floor((simulation.to - start) / (HOUR_MS / 2));
  return Array.from({ length: count }, (_, at) => start + (at * HOUR_MS) / 2);
};

const leastOf = (simulation: Simulation): number =>
  Math.min(...fullTimes(simulation).map((at) => at - Math.min(...thereAt(simulation, at))));

/** Ages at which more is lost at an instant than the simulation says. */
const tooGreat = (simulation: Simulation, at: Instant): readonly string[] => {
  const there = thereAt(simulation, at);
  return simulation.reach.flatMap(({ from, to, worst }) => {
    const most = worst.kind === 'between-points' ? worst.ms : 0;
    const lost = [from, (from + to) / 2, to - 1].map(
      (age) => at - age - Math.max(...there.filter((made) => made <= at - age)),
    );
    return worst.kind === 'not-reached' || lost.every((ms) => ms <= most)
      ? []
      : [`${new Date(at).toISOString()} from ${from / DAY_MS} days: ${lost} of ${most}`];
  });
};

const CASES = [
  { name: 'years', rules: 'schedule: "0 3 * * *"\n    retention: { last: 3, yearly: 2 }', days: 1_050 },
  { name: 'tiers', rules: 'schedule: "0 3 * * *"\n    retention: { daily: 7, weekly: 4, monthly: 3 }' },
  { name: 'weeks', rules: 'schedule: "0 */6 * * *"\n    retention: { weekly: 3 }', days: 60 },
  { name: 'working days', rules: 'schedule: "0 3 * * 1-5"\n    retention: { last: 3 }', days: 40 },
  { name: 'hours', rules: 'schedule: "15 */6 * * *"\n    retention: { within: 30h, hourly: 4 }', days: 12 },
];

describe('what is sure of the past', { timeout: 60_000 }, () => {
  it.each(CASES)('is that of the worst hour once the rules are full: $name', ({ days = 400, rules }) => {
    const simulation = simulated(rules, '2026-01-15', days);
    const { isFull, leastMs } = simulation.reachesBack;
    const least = leastOf(simulation);
    expect(isFull).toBe(true);
    expect(leastMs).toBeLessThanOrEqual(least);
    expect(leastMs).toBeGreaterThan(least - HOUR_MS);
  });

  it.each(CASES)('is no loss greater than what is said of its age: $name', ({ days = 400, rules }) => {
    const simulation = simulated(rules, '2026-01-15', days);
    const times = fullTimes(simulation);
    const step = Math.max(1, Math.floor(times.length / 200));
    const looked = times.filter((_, index) => index % step === 0);
    expect(looked.flatMap((at) => tooGreat(simulation, at))).toEqual([]);
  });

  it('is all that there is while the rules are not full, and that is said', () => {
    const { reachesBack } = simulated(CASES[0]?.rules ?? '', '2026-01-15', 300);
    expect(reachesBack.isFull).toBe(false);
    expect(Math.round(reachesBack.leastMs / DAY_MS)).toBe(300);
  });

  it('grows with point-in-time recovery until the whole of its period is there', () => {
    const rules = 'schedule: "0 3 * * *"\n    retention: { daily: 3 }\n    pitr: { required: true }';
    expect(simulated(rules, '2026-01-15', 20).reachesBack).toMatchObject({
      isFull: false,
      leastMs: 20 * DAY_MS,
    });
    expect(simulated(rules, '2026-01-15', 50).reachesBack).toMatchObject({
      isFull: true,
      leastMs: 35 * DAY_MS,
    });
  });
});
