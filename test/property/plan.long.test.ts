import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanInput } from '../../shared/core/scene/scene.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { RecoveryPoint } from '../../shared/model/recovery-point.ts';
import { aPlanInput, applied, expiriesIn, NO_GUARDRAIL } from '../core/plan/plan-input.ts';
import { plan } from '../support/decide-plan.ts';
import { growthOfReads, READ_IN_PROPORTION } from '../support/reads.ts';
import {
  anObservation,
  aPolicy,
  aPolicyWithoutPitr,
  aRecoveryPoint,
  aTable,
  LATEST_SLOT,
  NOW,
  PITR_OFF,
  somePolicies,
} from '../support/world.ts';

const GENERATIONS = somePolicies({
  policies: [aPolicyWithoutPitr({ retention: { daily: 7, weekly: 4, monthly: 12 } })],
});

/** One run of each kind, one straight after the other, each applied in full. */
const aDay = (input: PlanInput): PlanInput => {
  const protect: PlanInput = { ...input, mode: 'protect' };
  const expire: PlanInput = { ...applied(protect, plan(protect)), mode: 'expire' };
  return applied(expire, plan(expire));
};

/** Runs on the given days after the first, an hour after the day's slot, from a table without any recovery point. */
const leftAfter = (days: readonly number[]): readonly RecoveryPoint[] => {
  let input = aPlanInput({ policies: GENERATIONS, observation: anObservation({ recoveryPoints: [] }) });
  for (const day of days) input = aDay({ ...input, now: LATEST_SLOT + HOUR_MS + day * DAY_MS });
  return input.observation.recoveryPoints;
};

describe('many days in a row', () => {
  it('leave what the retention asks for, and nothing else', () => {
    const kept = leftAfter(Array.from({ length: 500 }, (_, day) => day));
    // Seven days reach into two weeks and at most two months, so the three rules share some of what they keep.
    expect(kept.length).toBeGreaterThanOrEqual(12 + 4 + 7 - 4);
    expect(kept.length).toBeLessThanOrEqual(12 + 4 + 7);
    expect(Math.min(...kept.map(({ createdAt }) => createdAt))).toBeLessThan(
      LATEST_SLOT + (500 - 300) * DAY_MS,
    );
  });

  it('with any days missed: the newest is always there, and the history thins out without a break', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(days, (some) => {
        const inOrder = some.toSorted((a, b) => a - b);
        const created = leftAfter(inOrder).map(({ createdAt }) => createdAt);
        const ranOn = inOrder.map((day) => LATEST_SLOT + HOUR_MS + day * DAY_MS);
        expect(created).toContain(ranOn.at(-1));
        for (const at of ranOn.slice(-7)) expect(created).toContain(at);
      }),
      { numRuns: 50 },
    );
  });

  it('after backups stood still for a year, delete nothing before the next one is made', () => {
    const recoveryPoints = leftAfter([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const input = aPlanInput({
      mode: 'expire',
      now: NOW + 365 * DAY_MS,
      policies: { ...GENERATIONS, guardrail: NO_GUARDRAIL },
      observation: anObservation({ recoveryPoints }),
    });
    expect(plan(input).actions).toEqual([]);
  });
});

describe('a whole account in one plan', () => {
  const TABLES = 800;
  const POINTS_EACH = 25;
  /** So that ten thousand tables need less than a gigabyte. */
  const LIMIT_BYTES = TABLES * 100_000;

  const policies = somePolicies({
    guardrail: NO_GUARDRAIL,
    policies: [
      aPolicy({
        timezone: 'Europe/Berlin',
        retention: { last: 3, daily: 7, weekly: 4, monthly: 12, yearly: 2 },
        pitr: { recoveryPeriodDays: 35, onDrift: 'repair' },
      }),
    ],
  });

  const names = Array.from({ length: TABLES }, (_, index) => `table-${String(index).padStart(5, '0')}`);

  const anAccount = (newestSlot: number, names: readonly string[]): PlanInput =>
    aPlanInput({
      policies,
      observation: anObservation({
        tables: names.map((name) => aTable({ name, pitr: PITR_OFF })),
        recoveryPoints: names.flatMap((tableName) =>
          Array.from({ length: POINTS_EACH }, (_, back) =>
            aRecoveryPoint({ tableName, slot: newestSlot - back * DAY_MS }),
          ),
        ),
      }),
    });

  it.each([
    { mode: 'protect' as const, newestSlot: LATEST_SLOT - 2 * DAY_MS, perTable: 1 },
    { mode: 'expire' as const, newestSlot: LATEST_SLOT - DAY_MS, perTable: 0 },
    { mode: 'expire' as const, newestSlot: LATEST_SLOT, perTable: 14 },
    { mode: 'audit' as const, newestSlot: LATEST_SLOT, perTable: 1 },
  ])(
    '$mode plans $perTable actions for each table, and reads four times as much of four times as many',
    ({ mode, newestSlot, perTable }) => {
      const given = (amount: number): PlanInput => ({
        ...anAccount(newestSlot, names.slice(0, amount)),
        mode,
      });
      const whole = given(TABLES);
      const heapBefore = process.memoryUsage().heapUsed;
      const planned = plan(whole);
      expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(LIMIT_BYTES);
      expect(planned.verdicts).toHaveLength(TABLES);
      expect(planned.actions).toHaveLength(TABLES * perTable);
      const work = (observation: PlanInput['observation']) => plan({ ...whole, observation });
      const observed = (amount: number) => given(amount).observation;
      expect(growthOfReads(observed, work, TABLES)).toBeLessThan(READ_IN_PROPORTION);
    },
  );

  it('orders what is overdue by how far it is past its promise', () => {
    const recoveryPoints = names
      .slice(0, 50)
      .map((tableName, days) => aRecoveryPoint({ tableName, slot: LATEST_SLOT - (days + 1) * DAY_MS }));
    const tables = names.slice(0, 50).map((name) => aTable({ name }));
    const input = aPlanInput({ mode: 'protect', observation: anObservation({ tables, recoveryPoints }) });
    const planned = plan(input).actions.map(({ table }) => table);
    expect(planned).toEqual(names.slice(0, 50).toReversed());
    expect(expiriesIn(plan({ ...input, now: NOW + MINUTE_MS }))).toEqual([]);
  });
});
