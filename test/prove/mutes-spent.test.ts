import { describe, expect, it } from 'vitest';
import { type MutesAsked, spentOf, wasRenewed, watchMutes } from '../../prove/truth/mutes-spent.ts';
import type { RunRecord } from '../../prove/world/record.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 2, 1);

const aRun = (day: number, mute: string | undefined, changes: object = {}): RunRecord =>
  ({
    mode: 'audit',
    end: 'whole',
    overlapped: false,
    skewMs: 0,
    eventAheadMs: 0,
    tagsMoved: false,
    calls: [],
    before: {
      at: START + day * DAY_MS,
      file: { timezone: 'UTC' },
      tables: [
        {
          id: 'orders-1',
          name: 'Orders',
          tags: { 'backup:policy': 'gold', ...(mute !== undefined && { 'backup:mute-until': mute }) },
        },
      ],
    },
    ...changes,
  }) as unknown as RunRecord;

/** The tag as the table itself has it; a list does not show it yet. */
const aRunOfOwnTags = (day: number, mute: string): RunRecord => {
  const run = aRun(day, undefined);
  const ownTags = { 'backup:policy': 'gold', 'backup:mute-until': mute };
  const tables = run.before.tables.map((table) => ({ ...table, ownTags }));
  return { ...run, before: { ...run.before, tables } };
};

const watched = (...runs: readonly RunRecord[]): MutesAsked => {
  const mutes: MutesAsked = new Map();
  for (const run of runs) watchMutes(mutes, run);
  return mutes;
};

const daysOf = (mutes: MutesAsked, day: number) => {
  const { least, most } = spentOf(mutes, 'Orders', START + day * DAY_MS);
  return { least: least / DAY_MS, most: most / DAY_MS };
};

describe('the days for which a tag asked for silence', () => {
  it.each([
    {
      name: 'end where the tag says so',
      runs: [aRun(0, '2026-03-11'), aRun(20, '2026-03-11')],
      days: { least: 10, most: 10 },
    },
    {
      name: 'end where the tag is gone, as far as anybody saw',
      runs: [aRun(0, '2026-03-11'), aRun(5, undefined)],
      days: { least: 0, most: 5 },
    },
    {
      name: 'are not sure where a run beside may not have seen them',
      runs: [aRun(0, '2026-03-11', { overlapped: true }), aRun(20, '2026-03-11')],
      days: { least: 0, most: 10 },
    },
    {
      name: 'are not sure where an event from the future made the run doubt its clock',
      runs: [aRun(0, '2026-03-11', { eventAheadMs: DAY_MS }), aRun(20, '2026-03-11')],
      days: { least: 0, most: 10 },
    },
    {
      name: 'may begin before a list shows the tag',
      runs: [aRunOfOwnTags(0, '2026-03-11'), aRun(5, '2026-03-11'), aRun(20, '2026-03-11')],
      days: { least: 5, most: 10 },
    },
    {
      name: 'may be more by as much as a clock was off',
      runs: [aRun(0, undefined), aRun(1, undefined, { skewMs: -DAY_MS })],
      days: { least: 0, most: 1 },
    },
    { name: 'are none without a tag', runs: [aRun(0, undefined)], days: { least: 0, most: 0 } },
  ])('$name', ({ runs, days }) => {
    expect(daysOf(watched(...runs), 30)).toEqual(days);
  });

  it('are those of the year before, and go on until now', () => {
    const mutes = watched(aRun(0, '2026-03-11'), aRun(20, '2026-03-11'));
    expect(daysOf(mutes, 370)).toEqual({ least: 5, most: 5 });
    expect(daysOf(watched(aRun(0, '2026-03-11')), 4)).toEqual({ least: 0, most: 4 });
  });

  it('are renewed by a tag that moves the end away, and by no other', () => {
    expect(wasRenewed(watched(aRun(0, '2026-03-11'), aRun(5, '2026-03-21')), 'Orders')).toBe(true);
    expect(wasRenewed(watched(aRun(0, '2026-03-11'), aRun(5, '2026-03-08')), 'Orders')).toBe(false);
    expect(wasRenewed(watched(aRun(0, '2026-03-11'), aRun(15, '2026-03-21')), 'Orders')).toBe(false);
  });
});
