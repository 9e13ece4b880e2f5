import { describe, expect, it } from 'vitest';
import { changesIn } from '../../prove/clock-changes/change.ts';
import { askRules, liveClockChange } from '../../prove/clock-changes/live.ts';
import { tellClockChange } from '../../prove/clock-changes/story.ts';
import { muteEndOf } from '../../prove/truth/mutes.ts';
import { keptMoments } from '../../prove/truth/retention.ts';

const at = (text: string): number => Date.parse(text);

describe('the bench finds clock changes', () => {
  it.each([
    { zone: 'Europe/Berlin', year: 2026, changes: ['2026-03-29T01:00 60', '2026-10-25T01:00 -60'] },
    { zone: 'Australia/Lord_Howe', year: 2026, changes: ['2026-04-04T15:00 -30', '2026-10-03T15:30 30'] },
    { zone: 'Asia/Pyongyang', year: 2018, changes: ['2018-05-04T15:00 30'] },
    { zone: 'Antarctica/Casey', year: 2021, changes: ['2021-03-13T13:00 -180', '2021-10-02T16:01 180'] },
    { zone: 'Asia/Seoul', year: 2026, changes: [] },
  ])('in $zone in $year', ({ zone, year, changes }) => {
    const found = changesIn(zone, year);
    expect(
      found.map((change) => `${new Date(change.at).toISOString().slice(0, 16)} ${change.byMinutes}`),
    ).toEqual(changes);
  });

  it('also a day that was left out', () => {
    expect(changesIn('Pacific/Apia', 2011).map(({ byMinutes }) => byMinutes)).toContain(1440);
  });
});

describe('the bench reckons clock changes for itself', () => {
  const hours = (newest: string, count: number): readonly number[] =>
    Array.from({ length: count }, (_, index) => at(newest) - index * 3_600_000);

  it.each([
    {
      name: 'hours are exact in the hour that is repeated',
      zone: 'Pacific/Chatham',
      newest: '2027-04-03T14:14Z',
      rules: { withinHours: 3 },
      kept: 3,
    },
    {
      name: 'a day back to a repeated time reaches the first of the two',
      zone: 'Europe/Berlin',
      newest: '2026-10-26T01:30Z',
      rules: { withinDays: 1 },
      kept: 25,
    },
    {
      name: 'a day back to a skipped time reaches the earlier reading',
      zone: 'Europe/Berlin',
      newest: '2026-03-30T00:30Z',
      rules: { withinDays: 1 },
      kept: 24,
    },
  ])('$name', ({ zone, newest, rules, kept }) => {
    expect(keptMoments(hours(newest, 30), { retention: {}, ...rules }, zone).size).toBe(kept);
  });

  it('ninety days of a mute are those of the calendar where they are longer', () => {
    const now = at('2026-09-20T22:00Z');
    expect(muteEndOf('2026-12-20', 'Europe/Berlin', now)).toBe(at('2026-12-19T23:00Z'));
    expect(muteEndOf('2026-12-20', 'Europe/Berlin', now - 60_000)).toBeUndefined();
  });
});

/** A small share of what `npm run prove -- --clock-changes --seeds 20000` does. */
describe('an account at a clock change', () => {
  it('asks every rule of a hundred changes, and none is wrong', () => {
    const wrong = Array.from({ length: 100 }, (_, seed) => askRules(seed + 1)).flat();
    expect(wrong.map(({ what }) => what)).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6])('keeps every promise: seed %i', async (seed) => {
    const { breaches, runs } = await liveClockChange(seed);
    expect(breaches).toEqual([]);
    expect(runs).toBeGreaterThan(30);
  });

  it('is told the same way again', () => {
    expect(tellClockChange(7)).toEqual(tellClockChange(7));
    expect(tellClockChange(7)).not.toEqual(tellClockChange(8));
  });
});
