import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spentInMonth, withEnded } from '../../../shared/core/drill/proof.ts';
import { dueDrills, type WantedDrill, wantedDrills } from '../../../shared/core/drill/wanted.ts';
import { governedTables } from '../../../shared/core/scene/governed.ts';
import type { DrillState } from '../../../shared/model/drill.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { aDrill, aDrillRule, aDrillState, drilledPolicies } from '../../support/drills.ts';
import { aTaggedTable, NOW } from '../../support/world.ts';

const wanted = (table: string, policy = 'standard'): WantedDrill => ({ table, policy, rule: aDrillRule() });

const ended = (table: string, daysAgo: number, result: 'proved' | 'failed' = 'proved'): DrillState =>
  aDrillState({ table, past: [aDrill({ table, plannedAt: NOW - daysAgo * DAY_MS, result })] });

const dueIn = (tables: readonly WantedDrill[], states: readonly DrillState[]): readonly string[] =>
  dueDrills(tables, states, NOW).map(({ table }) => table);

describe('which tables are drilled', () => {
  const tables = [
    aTaggedTable({ name: 'Orders' }),
    aTaggedTable({ name: 'Scratch', tags: { 'backup:policy': 'none' } }),
    aTaggedTable({ name: 'Odd', tags: { 'backup:policy': 'standrad' } }),
    aTaggedTable({ name: 'tablekeeper-drill.prod.Orders.1x2y3z.20261121-050000' }),
    aTaggedTable({ name: 'tablekeeper-drill.other.Orders.1x2y3z.20261121-050000' }),
  ];

  it('are those whose policy asks for it, and never the table of a drill', () => {
    const asked = wantedDrills(governedTables(drilledPolicies(), tables));
    expect(asked.map(({ table, policy }) => `${table} ${policy}`)).toEqual(['Orders standard']);
  });
});

describe('which drill is next', () => {
  it.each([
    { name: 'one that never was, at once', states: [], due: ['a'] },
    { name: 'none before the policy asks', states: [ended('a', 6.9)], due: [] },
    { name: 'one as soon as it does', states: [ended('a', 7)], due: ['a'] },
    { name: 'a failed one the next day', states: [ended('a', 1, 'failed')], due: ['a'] },
    { name: 'and not before', states: [ended('a', 0.9, 'failed')], due: [] },
    {
      name: 'none while one of the table is under way, however long',
      states: [aDrillState({ table: 'a', current: aDrill({ table: 'a', plannedAt: NOW - 90 * DAY_MS }) })],
      due: [],
    },
  ])('$name', ({ states, due }) => {
    expect(dueIn([wanted('a')], states)).toEqual(due);
  });

  it('is that of the table that was never drilled, then of the one that waits the longest', () => {
    const tables = ['a', 'b', 'c', 'd'].map((name) => wanted(name));
    expect(dueIn(tables, [ended('a', 8), ended('c', 30), ended('d', 2)])).toEqual(['b', 'c', 'a']);
  });

  it('is one of a table that two policies have drilled', () => {
    const both = [wanted('a'), wanted('a', 'archive')];
    expect(dueDrills(both, [], NOW).map(({ policy }) => policy)).toEqual(['archive']);
    expect(dueDrills(both, [ended('a', 8)], NOW)).toHaveLength(1);
  });

  it('comes to every table in its turn, and to none twice before all', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 }),
        (names) => {
          let states: readonly DrillState[] = [];
          const turns: string[] = [];
          for (let hour = 0; hour < names.length; hour += 1) {
            const [next] = dueDrills(
              names.map((name) => wanted(name)),
              states,
              NOW + hour * HOUR_MS,
            );
            if (next === undefined) throw new Error('nothing is due');
            turns.push(next.table);
            const past = [aDrill({ table: next.table, plannedAt: NOW + hour * HOUR_MS })];
            states = [...states, aDrillState({ table: next.table, past })];
          }
          expect(turns.toSorted()).toEqual(names.toSorted());
        },
      ),
    );
  });
});

describe('what the drills of a month cost', () => {
  it('is the sum of those that began in it, under way or ended', () => {
    const before = aDrill({ plannedAt: Date.UTC(2026, 9, 31, 23), usd: 100 });
    const first = aDrill({ plannedAt: Date.UTC(2026, 10, 1), usd: 1 });
    const current = aDrill({ plannedAt: NOW, phase: 'started', usd: 2 });
    expect(spentInMonth([aDrillState({ current, past: [first, before] })], NOW)).toBe(3);
  });

  it('leaves out a restore that was refused', () => {
    const { acceptedAt: _, ...refused } = aDrill({ result: 'failed', usd: 5 });
    expect(spentInMonth([aDrillState({ past: [refused] })], NOW)).toBe(0);
  });
});

describe('the month of more drills than are kept', () => {
  /** So many policies of daily drills, each drill a dollar. */
  const afterDays = (days: number, policies: number) => {
    let state = aDrillState();
    const start = Date.UTC(2026, 9, 20);
    for (let day = 0; day < days; day += 1)
      for (let policy = 0; policy < policies; policy += 1) {
        const plannedAt = start + day * DAY_MS + policy * 10 * MINUTE_MS;
        state = withEnded(state, aDrill({ plannedAt, policy: `daily-${policy}`, usd: 1 }));
      }
    return { state, now: start + days * DAY_MS - 1 };
  };

  it.each([
    { policies: 1, days: 42 },
    { policies: 2, days: 42 },
    { policies: 3, days: 42 },
    { policies: 24, days: 42 },
    { policies: 24, days: 1 },
    { policies: 70, days: 13 },
  ])('is summed whole: $policies daily policies for $days days', ({ days, policies }) => {
    const { now, state } = afterDays(days, policies);
    const ofMonth = new Date(now).getUTCMonth() === 9 ? days : days - 12;
    expect(spentInMonth([state], now)).toBe(ofMonth * policies);
    expect(state.past.length).toBeLessThanOrEqual(64);
  });

  it('counts no refused restore, also once it is not kept', () => {
    let state = aDrillState();
    for (let n = 0; n < 100; n += 1) {
      const { acceptedAt: _, ...refused } = aDrill({ plannedAt: NOW + n, usd: 1, result: 'failed' });
      state = withEnded(state, refused);
    }
    expect(spentInMonth([state], NOW)).toBe(0);
  });
});
