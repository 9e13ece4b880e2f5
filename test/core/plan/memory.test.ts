import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type Instant } from '../../../shared/model/instant.ts';
import type { Memory, PitrBaseline } from '../../../shared/model/memory.ts';
import type { Gap, Observation } from '../../../shared/model/observation.ts';
import type { Pitr } from '../../../shared/model/table.ts';
import { plan } from '../../support/decide-plan.ts';
import { aFailure } from '../../support/failures.ts';
import {
  anObservation,
  aPitr,
  aTable,
  aTaggedTable,
  NOW,
  PITR_OFF,
  someDetails,
} from '../../support/world.ts';
import { aPlanInput } from './plan-input.ts';

const remembers = (memory: Memory, observation: Partial<Observation> = {}, now: Instant = NOW): Memory =>
  plan(aPlanInput({ memory, now, observation: anObservation(observation) })).memory;

const tagged = (count: number) =>
  Array.from({ length: count }, (_, index) => aTable({ name: `table-${index}`, pitr: PITR_OFF }));

describe('the number of tagged tables is remembered', () => {
  const TEN: Memory = { coverage: { tables: 10, seenAt: NOW - DAY_MS }, pitrBaselines: [] };

  it.each([
    { name: 'from the first run on', before: undefined, count: 3, tables: 3, seenAt: NOW },
    { name: 'and rises at once', before: TEN.coverage, count: 11, tables: 11, seenAt: NOW },
    { name: 'and stays as long as it is so', before: TEN.coverage, count: 10, tables: 10, seenAt: NOW },
    { name: 'and falls at once', before: TEN.coverage, count: 2, tables: 2, seenAt: NOW },
  ])('$name', ({ before, count, tables, seenAt }) => {
    const memory = { ...(before !== undefined && { coverage: before }), pitrBaselines: [] };
    const { coverage } = remembers(memory, { tables: tagged(count) });
    expect(coverage).toEqual({ tables, seenAt, pointsSeenAt: NOW });
  });

  it('without those that opt out', () => {
    const out = aTable({ name: 'tablekeeper-prod-state', tags: { 'backup:policy': 'none' } });
    const tables = [...tagged(3), out];
    const { coverage } = remembers({ pitrBaselines: [] }, { tables });
    expect(coverage).toEqual({ tables: 3, seenAt: NOW, pointsSeenAt: NOW });
  });

  it('whatever else could not be read', () => {
    const gaps = [{ facet: 'pitr' as const, failure: aFailure('throttled') }];
    const { coverage } = remembers(TEN, { tables: tagged(11), gaps });
    expect(coverage).toEqual({ tables: 11, seenAt: NOW, pointsSeenAt: NOW });
  });

  it.each([
    {
      name: 'a list with a gap',
      seen: { gaps: [{ facet: 'tags' as const, failure: aFailure('throttled') }] },
    },
    { name: 'a run that did not look', seen: { facets: ['recovery-points' as const] } },
  ])('$name changes nothing of it', ({ seen }) => {
    expect(remembers(TEN, { tables: tagged(99), ...seen }).coverage).toEqual(TEN.coverage);
    expect(remembers({ pitrBaselines: [] }, { tables: [], ...seen })).not.toHaveProperty('coverage');
  });
});

describe('a mute by a clock that is doubted', () => {
  const MUTED: Memory = {
    pitrBaselines: [],
    mutes: [{ mutedTable: 'Orders', spells: [{ from: NOW - 12 * DAY_MS, until: NOW + 78 * DAY_MS }] }],
  };
  const muted = (until: string) =>
    aTable({ name: 'Orders', tags: { 'backup:policy': 'standard', 'backup:mute-until': until } });
  const seenBy = (now: Instant, memory: Memory, tables: readonly ReturnType<typeof muted>[]) =>
    plan(aPlanInput({ memory, now, eventTime: NOW, observation: anObservation({ tables }) })).memory.mutes;
  const UNTIL = new Date(NOW + 78 * DAY_MS).toISOString().slice(0, 16).concat('Z');
  const BEHIND = NOW - 40 * DAY_MS;

  it.each([
    { name: 'that lasts is not ended, though its end seems too far', tables: [muted(UNTIL)] },
    { name: 'that lasts is not ended, though the tag is gone', tables: [] },
  ])('$name', ({ tables }) => {
    expect(seenBy(BEHIND, MUTED, tables)).toEqual(MUTED.mutes);
  });

  it('does not begin', () => {
    const soon = new Date(NOW + DAY_MS).toISOString().slice(0, 16).concat('Z');
    expect(seenBy(BEHIND, { pitrBaselines: [] }, [muted(soon)])).toBeUndefined();
    expect(seenBy(NOW, { pitrBaselines: [] }, [muted(soon)])).toHaveLength(1);
  });
});

describe('a restorable window is remembered', () => {
  const WHOLE: PitrBaseline = {
    table: 'Orders',
    tableId: 'id-of-Orders',
    earliestRestorableAt: NOW - 36 * DAY_MS,
    recoveryPeriodDays: 35,
  };

  const baseline = (before: PitrBaseline | undefined, pitr: Pitr, tableId = 'id-of-Orders', now = NOW) => {
    const tables = [aTable({ pitr, details: someDetails('Orders', { tableId }) })];
    return remembers({ pitrBaselines: before === undefined ? [] : [before] }, { tables }, now)
      .pitrBaselines[0];
  };

  const began = (earliestRestorableAt: Instant, recoveryPeriodDays = 35): Pitr =>
    aPitr({ earliestRestorableAt, recoveryPeriodDays });

  it('as it was first seen, however short', () => {
    expect(baseline(undefined, began(NOW - DAY_MS))).toEqual({
      ...WHOLE,
      earliestRestorableAt: NOW - DAY_MS,
    });
  });

  it('and slides on without a restart, and without being written anew', () => {
    expect(baseline(WHOLE, aPitr())).toEqual(WHOLE);
  });

  it('and is written anew when its period is another', () => {
    const start = NOW - 7 * DAY_MS;
    expect(baseline(WHOLE, began(start, 7))).toEqual({
      ...WHOLE,
      earliestRestorableAt: start,
      recoveryPeriodDays: 7,
    });
  });

  it('and has restarted also when it was written down long ago', () => {
    const later = NOW + 100 * DAY_MS;
    const anew = later - 34 * DAY_MS;
    expect(baseline(WHOLE, began(later - 35 * DAY_MS), 'id-of-Orders', later)).toEqual(WHOLE);
    const restarted = { ...WHOLE, earliestRestorableAt: anew, restartedAt: later };
    expect(baseline(WHOLE, began(anew), 'id-of-Orders', later)).toEqual(restarted);
  });

  it('and has restarted when it begins later than it should', () => {
    const anew = NOW - HOUR_MS;
    expect(baseline(WHOLE, began(anew))).toEqual({ ...WHOLE, earliestRestorableAt: anew, restartedAt: NOW });
  });

  it('and stays restarted until it has grown back', () => {
    const anew = NOW - HOUR_MS;
    const restarted = { ...WHOLE, earliestRestorableAt: anew, restartedAt: NOW };
    expect(baseline(restarted, began(anew), 'id-of-Orders', NOW + 33 * DAY_MS)).toEqual(restarted);
    expect(baseline(restarted, began(anew), 'id-of-Orders', NOW + 35 * DAY_MS)).not.toHaveProperty(
      'restartedAt',
    );
  });

  it.each([
    {
      name: 'a longer period alone is no restart',
      before: { ...WHOLE, earliestRestorableAt: NOW - 8 * DAY_MS, recoveryPeriodDays: 7 },
      pitr: began(NOW - 7 * DAY_MS),
    },
    {
      name: 'a shorter period moves the beginning and is none',
      before: WHOLE,
      pitr: began(NOW - 7 * DAY_MS, 7),
    },
    {
      name: 'less than an hour is none',
      before: { ...WHOLE, earliestRestorableAt: NOW - DAY_MS },
      pitr: began(NOW - 23 * HOUR_MS),
    },
  ])('$name', ({ before, pitr }) => {
    expect(baseline(before, pitr)).not.toHaveProperty('restartedAt');
  });

  it('while it is off, so that a new beginning is seen when it is back', () => {
    const whileOff = baseline(WHOLE, PITR_OFF);
    expect(whileOff).toEqual(WHOLE);
    expect(baseline(whileOff, began(NOW))).toMatchObject({ restartedAt: NOW });
  });

  it('of the table that is there now, and not of an older one of that name', () => {
    const anew = baseline(WHOLE, began(NOW - HOUR_MS), 'made-again');
    expect(anew).toEqual({ ...WHOLE, tableId: 'made-again', earliestRestorableAt: NOW - HOUR_MS });
  });

  it('until the table is gone, as far as a whole list can tell', () => {
    const memory = { pitrBaselines: [WHOLE] };
    const gone = { tables: [], tableNames: ['Users'] };
    expect(remembers(memory, gone).pitrBaselines).toEqual([]);
    const gaps = [{ facet: 'table-names' as const, failure: aFailure('throttled') }];
    expect(remembers(memory, { ...gone, gaps }).pitrBaselines).toEqual([WHOLE]);
  });

  it('until the table is gone, whatever else could not be read', () => {
    const gaps = [{ facet: 'tags' as const, failure: aFailure('throttled') }];
    const gone = { tables: [], tableNames: ['Users'], gaps };
    expect(remembers({ pitrBaselines: [WHOLE] }, gone).pitrBaselines).toEqual([]);
  });

  it('by a run that lists no names', () => {
    const { tableNames: _, ...observation } = anObservation({ tables: [] });
    const input = aPlanInput({ memory: { pitrBaselines: [WHOLE] }, observation });
    expect(plan(input).memory.pitrBaselines).toEqual([WHOLE]);
  });

  it('as it was, while the table is not confirmed', () => {
    const seen = { tables: [aTaggedTable({ pitr: began(NOW - HOUR_MS) })] };
    expect(remembers({ pitrBaselines: [WHOLE] }, seen).pitrBaselines).toEqual([WHOLE]);
  });

  it('anew when it reaches further back than was known', () => {
    const short = { ...WHOLE, earliestRestorableAt: NOW - DAY_MS };
    expect(baseline(short, began(NOW - DAY_MS - HOUR_MS))).toBe(short);
    expect(baseline(short, began(NOW - DAY_MS - HOUR_MS - 1))).toEqual({
      ...short,
      earliestRestorableAt: NOW - DAY_MS - HOUR_MS - 1,
    });
  });

  it('as whole when it is as long as its own shorter period', () => {
    const restarted = { ...WHOLE, recoveryPeriodDays: 7, restartedAt: NOW - 8 * DAY_MS };
    expect(baseline(restarted, began(NOW - 7 * DAY_MS + HOUR_MS, 7))).not.toHaveProperty('restartedAt');
    expect(baseline(restarted, began(NOW - 7 * DAY_MS + HOUR_MS + 1, 7))).toHaveProperty('restartedAt');
  });

  it('sorted by table, also those that are not seen', () => {
    const before = ['c', 'b', 'd'].map((table) => ({ ...WHOLE, table }));
    const seen = { tables: [aTable({ name: 'a' })], tableNames: ['a', 'b', 'c', 'd'] };
    const names = (memory: Memory) => remembers(memory, seen).pitrBaselines.map(({ table }) => table);
    expect(names({ pitrBaselines: before })).toEqual(['a', 'b', 'c', 'd']);
    expect(names({ pitrBaselines: before.toReversed() })).toEqual(['a', 'b', 'c', 'd']);
  });

  it('sorted by table', () => {
    const tables = ['b', 'a', 'c'].map((name) => aTable({ name }));
    expect(remembers({ pitrBaselines: [] }, { tables }).pitrBaselines.map(({ table }) => table)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });
});

describe('what runs hand on', () => {
  it('is the last digest, the turn of the next audit and who receives alerts, as they were', () => {
    const digest = { digestedSlot: NOW - DAY_MS, sentAt: NOW - DAY_MS, recoveryPointBytes: 7 };
    const facets = ['tags', 'recovery-points'] as const;
    const subscribers = [{ protocol: 'email', endpoint: 'ops@example.com', wasConfirmed: true }];
    const before = { digest, pitrResumeAt: 'Orders', subscribers, pitrBaselines: [] };
    const left: Gap = { facet: 'pitr', table: 'Users', failure: aFailure(), deferred: true };
    expect(remembers(before, { facets, gaps: [left] })).toMatchObject({
      digest,
      pitrResumeAt: 'Orders',
      subscribers,
    });
  });

  it('is nothing where there was nothing', () => {
    const facets = ['recovery-points'] as const;
    const { histories: _, ...memory } = remembers({ pitrBaselines: [] }, { facets, tables: [] });
    expect(memory).toStrictEqual({ pitrBaselines: [] });
  });
});
