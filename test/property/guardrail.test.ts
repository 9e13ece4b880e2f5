import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSlot } from '../../shared/core/calendar/slots.ts';
import type { PlanInput } from '../../shared/core/scene/scene.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Policy, Retention } from '../../shared/model/policy.ts';
import { aPlanInput, applied } from '../core/plan/plan-input.ts';
import { plan } from '../support/decide-plan.ts';
import { anObservation, aPolicyWithoutPitr, aTable, someDetails, somePolicies } from '../support/world.ts';

const PRUNE_MS = 6 * HOUR_MS;

const START: Instant = Date.UTC(2025, 9, 5, 0, 2);

/** One table: its past, and what runs do to it. */
interface World {
  readonly input: PlanInput;
  readonly asked: number;
}

const policyOf = (schedule: string, retention: Retention, timezone = 'UTC'): Policy =>
  aPolicyWithoutPitr({ schedule, retention, timezone, rpoMs: 800 * DAY_MS });

const begin = (policy: Policy): World => ({
  asked: 0,
  input: aPlanInput({
    policies: somePolicies({ policies: [policy] }),
    observation: anObservation({ recoveryPoints: [], tables: [aTable()] }),
    now: START,
  }),
});

const ran = ({ input, asked }: World, mode: 'protect' | 'expire', now: Instant): World => {
  const present = { ...input, mode, now };
  const decided = plan(present);
  const isAsked = decided.findings.some(({ kind }) => kind === 'guardrail-refusal');
  return { input: applied(present, decided), asked: asked + Number(isAsked) };
};

interface Living {
  readonly days: number;
  /** Prune does not run on these. */
  readonly pruneOut?: (day: number) => boolean;
  /** No backup is made on these. */
  readonly backupsOut?: (day: number) => boolean;
  readonly stopWhenAsked?: boolean;
}

/** A backup for each slot, two minutes after it, and prune at the next of its hours. Between those nothing changes. */
const lived = (
  given: World,
  { days, pruneOut = () => false, backupsOut = () => false, stopWhenAsked = false }: Living,
): World => {
  let world = given;
  const began = world.input.now;
  const end = began + days * DAY_MS;
  const [policy] = world.input.policies.policies;
  if (policy === undefined) throw new Error('there is no policy');
  let now = began;
  while (now < end && !(stopWhenAsked && world.asked > 0)) {
    if (!backupsOut(Math.floor((now - began) / DAY_MS))) world = ran(world, 'protect', now);
    const next = nextSlot(policy, now) + 2 * MINUTE_MS;
    let pruneAt = Math.ceil((now - 37 * MINUTE_MS) / PRUNE_MS) * PRUNE_MS + 37 * MINUTE_MS;
    while (pruneOut(Math.floor((pruneAt - began) / DAY_MS))) pruneAt += PRUNE_MS;
    if (pruneAt < next && pruneAt < end) world = ran(world, 'expire', pruneAt);
    now = next;
  }
  return { ...world, input: { ...world.input, now: Math.max(world.input.now, Math.min(now, end)) } };
};

const SCHEDULES = ['0 * * * *', '0 3 * * *', '30 22 * * *', '0 3 * * 1', '0 3 1 * *'] as const;
const schedule = fc.constantFrom(...SCHEDULES);

const count = fc.integer({ min: 1, max: 12 });
const optional = (value: fc.Arbitrary<number>) => fc.option(value, { nil: undefined, freq: 2 });

const retention: fc.Arbitrary<Retention> = fc
  .record({
    last: optional(count),
    hourly: optional(count),
    daily: optional(count),
    weekly: optional(fc.integer({ min: 1, max: 6 })),
    monthly: optional(fc.integer({ min: 1, max: 6 })),
    yearly: optional(fc.integer({ min: 1, max: 3 })),
    within: fc.option(
      fc.integer({ min: 1, max: 40 }).map((days) => ({ years: 0, months: 0, days, hours: 0 })),
      { nil: undefined, freq: 2 },
    ),
  })
  .map((rules) => Object.fromEntries(Object.entries(rules).filter(([, rule]) => rule !== undefined)))
  .filter((rules) => Object.keys(rules).length > 0);

const madeTimes = ({ input }: World): readonly Instant[] =>
  input.observation.recoveryPoints.map(({ createdAt }) => createdAt).toSorted((a, b) => a - b);

describe('steady operation', () => {
  it('never asks: over a turn of the year, with days on which prune does not run', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(schedule, retention, fc.integer({ min: 0, max: 40 }), (cron, rules, outage) => {
        const days = cron === '0 * * * *' ? 3 : 60;
        const world = lived(begin(policyOf(cron, rules)), {
          days,
          pruneOut: (day) => day >= outage && day < outage + 8,
        });
        expect(world.asked).toBe(0);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });

  it('never asks of a table that was made again', () => {
    const world = lived(begin(policyOf('0 3 * * *', { daily: 7, monthly: 3 })), { days: 50 });
    const again = aTable({ details: someDetails('Orders', { tableId: 'made-again' }) });
    const observation = { ...world.input.observation, tables: [again] };
    expect(lived({ ...world, input: { ...world.input, observation } }, { days: 60 }).asked).toBe(0);
  });
});

/** Days without a backup, days and weeks of them. */
const pause = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 9, max: 80 }));

describe('days without a backup', () => {
  it('are followed by a question before more than half of a history goes at once', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(schedule, retention, pause, (cron, rules, pausedDays) => {
        const isHourly = cron === '0 * * * *';
        const before = lived(begin(policyOf(cron, rules)), { days: isHourly ? 3 : 50 });
        const history = madeTimes(lived(before, { days: 0.3, backupsOut: () => true }));
        const after = lived(before, {
          days: pausedDays + (isHourly ? 2 : 8),
          backupsOut: (day) => day < pausedDays,
          stopWhenAsked: true,
        });
        const there = new Set(madeTimes(after));
        const last = history.at(-1) ?? 0;
        const lost = history.filter((at) => !there.has(at)).length;
        const made = [...there].filter((at) => at > last).length;
        if (rules.within === undefined) expect(after.asked).toBe(0);
        expect(lost - made).toBeLessThanOrEqual(history.length / 2 + 1);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  it('lead to no question under rules that thin out', () => {
    const rules = { hourly: 24, daily: 7, weekly: 4, monthly: 6, yearly: 2 };
    const days = (day: number): boolean => day > 6 && day < 26;
    expect(lived(begin(policyOf('0 * * * *', rules)), { days: 30, backupsOut: days }).asked).toBe(0);
  });
});

describe('an edit', () => {
  it('asks before more than half of a history is gone, at once or day by day', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(schedule, retention, schedule, retention, (cron, rules, nextCron, nextRules) => {
        const before = lived(begin(policyOf(cron, rules)), { days: cron === '0 * * * *' ? 2 : 50 });
        const history = madeTimes(before);
        const edited = {
          ...before,
          input: { ...before.input, policies: somePolicies({ policies: [policyOf(nextCron, nextRules)] }) },
        };
        const days = nextCron === '0 * * * *' ? 2 : 10;
        const after = lived(edited, { days, stopWhenAsked: true });
        // What the rules before would have dropped by now as well is no loss.
        const unedited = new Set(
          madeTimes(lived(before, { days: (after.input.now - before.input.now) / DAY_MS })),
        );
        const should = history.filter((at) => unedited.has(at));
        const there = new Set(madeTimes(after));
        const left = should.filter((at) => there.has(at)).length;
        const kept = Math.max(unedited.size, 1);
        expect(should.length - left).toBeLessThanOrEqual(kept / 2 + 1);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });

  it.each([
    { name: 'monthly to hourly under last: 12', from: '0 3 1 * *', to: '0 * * * *', rules: { last: 12 } },
    { name: 'daily to hourly under last: 7', from: '0 3 * * *', to: '0 * * * *', rules: { last: 7 } },
    { name: 'weekly to daily under last: 8', from: '0 3 * * 1', to: '0 3 * * *', rules: { last: 8 } },
  ])('$name is asked about while half of it is there', ({ from, to, rules }) => {
    const before = lived(begin(policyOf(from, rules)), { days: from === '0 3 1 * *' ? 400 : 70 });
    const history = madeTimes(before);
    const input = { ...before.input, policies: somePolicies({ policies: [policyOf(to, rules)] }) };
    const after = lived({ ...before, input }, { days: 12, stopWhenAsked: true });
    expect(after.asked).toBe(1);
    const there = new Set(madeTimes(after));
    expect(history.filter((at) => there.has(at)).length).toBeGreaterThanOrEqual(history.length / 2 - 1);
  });

  it('that keeps as much under another hour is never asked about', () => {
    const before = lived(begin(policyOf('0 3 * * *', { daily: 7, weekly: 4, monthly: 3 })), { days: 80 });
    const policies = somePolicies({
      policies: [policyOf('0 4 * * *', { daily: 7, weekly: 4, monthly: 3 }, 'Asia/Seoul')],
    });
    expect(lived({ ...before, input: { ...before.input, policies } }, { days: 60 }).asked).toBe(0);
  });
});
