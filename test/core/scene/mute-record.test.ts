import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { muteLeftMs, muteOf, nextMuteRecord } from '../../../shared/core/scene/mute.ts';
import { DAY_MS, HOUR_MS, isoInstant } from '../../../shared/model/instant.ts';
import type { MuteRecord, MuteSpell } from '../../../shared/model/memory.ts';
import { aTaggedTable, NOW, somePolicies } from '../../support/world.ts';

const days = (count: number): number => count * DAY_MS;

const record = (...spells: readonly (readonly [number, number])[]): MuteRecord => ({
  mutedTable: 'Orders',
  spells: spells.map(([from, until]): MuteSpell => ({ from: NOW + days(from), until: NOW + days(until) })),
});

describe('what is left of a mute', () => {
  it.each<{ name: string; before: MuteRecord | undefined; left: number }>([
    { name: 'is all where there was none', before: undefined, left: 90 },
    { name: 'is less by each day of it', before: record([-30, 10]), left: 60 },
    { name: 'is added up over breaks', before: record([-200, -170], [-100, -70], [-1, 5]), left: 29 },
    { name: 'is nothing once it is used up', before: record([-100, -10], [-2, 9]), left: 0 },
    { name: 'comes back after a year', before: record([-455, -365]), left: 90 },
    { name: 'comes back day by day', before: record([-375, -285]), left: 10 },
  ])('$name', ({ before, left }) => {
    expect(muteLeftMs(before, NOW)).toBe(days(left));
  });
});

describe('the record of a mute', () => {
  const next = (before: MuteRecord | undefined, until: number | undefined, knownSince?: number) =>
    nextMuteRecord(
      before,
      {
        table: 'Orders',
        until: until === undefined ? undefined : NOW + days(until),
        ...(knownSince !== undefined && { knownSince: NOW + days(knownSince) }),
      },
      NOW,
    );

  it.each([
    { name: 'begins when it is first seen', before: undefined, until: 9, after: record([0, 9]) },
    { name: 'is as it was while the tag is', before: record([-9, 9]), until: 9, after: record([-9, 9]) },
    {
      name: 'says that it was renewed',
      before: record([-9, 9]),
      until: 19,
      after: { ...record([-9, 19]), renewedAt: NOW },
    },
    {
      name: 'began at the latest now, though a clock that ran ahead wrote it down',
      before: record([3, 9]),
      until: 9,
      after: record([0, 9]),
    },
    { name: 'ends earlier where the tag says so', before: record([-9, 9]), until: 4, after: record([-9, 4]) },
    { name: 'ends when the tag is gone', before: record([-9, 9]), until: undefined, after: record([-9, 0]) },
    { name: 'goes on after a break', before: record([-9, -1]), until: 5, after: record([-9, -1], [0, 5]) },
    { name: 'is forgotten after a year', before: record([-380, -365]), until: undefined, after: undefined },
    {
      name: 'begins with the finding that an older version left open',
      before: undefined,
      until: 9,
      knownSince: -80,
      after: record([-80, 9]),
    },
  ])('$name', ({ before, until, knownSince, after }) => {
    expect(next(before, until, knownSince)).toEqual(after);
  });

  it('stays small, and joins the breaks of the oldest', () => {
    let before: MuteRecord | undefined;
    for (let day = 0; day < 100; day += 1)
      before = nextMuteRecord(before, { table: 'T', until: NOW + days(day) + HOUR_MS }, NOW + days(day));
    expect(before?.spells).toHaveLength(40);
    expect(before?.spells[0]?.from).toBe(NOW);
  });
});

describe('a mute, however it is renewed', () => {
  const policies = somePolicies();
  const runs = fc.array(
    fc.record({
      waitHours: fc.integer({ min: 1, max: 200 }),
      days: fc.option(fc.integer({ min: 1, max: 89 })),
    }),
    { minLength: 5, maxLength: 150 },
  );

  interface Step {
    readonly waitHours: number;
    readonly days: number | null;
  }

  /** The times for which nobody is told anything, when runs see such tags. */
  const silences = (steps: readonly Step[]): readonly MuteSpell[] => {
    let now = NOW;
    let tag = 0;
    let before: MuteRecord | undefined;
    return steps.flatMap(({ waitHours, days: wish }) => {
      if (wish !== null) tag = now + days(wish);
      const from = now;
      const value = `${new Date(tag).toISOString().slice(0, 19)}Z`;
      const table = aTaggedTable({ tags: { 'backup:policy': 'standard', 'backup:mute-until': value } });
      const mute = muteOf(table, policies, now, before);
      before = nextMuteRecord(before, { table: table.name, until: tag > now ? tag : undefined }, now);
      now += waitHours * HOUR_MS;
      return mute.kind === 'muted' ? [{ from, until: Math.min(mute.until, now) }] : [];
    });
  };

  const overlapMs = ({ from, until }: MuteSpell, start: number, end: number): number =>
    Math.max(0, Math.min(until, end) - Math.max(from, start));

  it('never silences a table for more than 90 days of a year', () => {
    fc.assert(
      fc.property(runs, (steps) => {
        const silent = silences(steps);
        for (const { until: end } of silent) {
          const inYear = silent.reduce((sum, spell) => sum + overlapMs(spell, end - days(365), end), 0);
          expect(inYear, isoInstant(end)).toBeLessThanOrEqual(days(90));
        }
      }),
      { numRuns: 100 },
    );
  });
});
