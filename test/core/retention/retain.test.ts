import { describe, expect, it } from 'vitest';
import { keepReasonText } from '../../../shared/core/retention/reasons.ts';
import { type Retained, retain } from '../../../shared/core/retention/retain.ts';
import { DAY_MS, HOUR_MS, type Instant, isoInstant } from '../../../shared/model/instant.ts';
import { growth, IN_PROPORTION } from '../../support/growth.ts';
import { aRetention, type RetentionText } from './build.ts';

interface Asked {
  readonly times: readonly Instant[];
  readonly retention: RetentionText;
  readonly timezone?: string;
  readonly now?: Instant;
}

type Answer = Retained<{ readonly slot: Instant }>;

const asked = ({ times, retention, timezone = 'UTC', now }: Asked): readonly Answer[] =>
  retain({
    points: times.toSorted((one, other) => other - one).map((slot) => ({ slot })),
    retention: aRetention(retention),
    timeOf: ({ slot }) => slot,
    timezone,
    now: now ?? Math.max(...times),
  });

const kept = (answers: readonly Answer[]): readonly Answer[] =>
  answers.filter(({ keptBy }) => keptBy.length > 0);

const keptDays = (question: Asked): readonly string[] =>
  kept(asked(question)).map(({ point }) => isoInstant(point.slot).slice(0, 10));

const at = (...times: readonly string[]): readonly Instant[] => times.map((time) => Date.parse(time));

const daily = (newest: string, count: number): readonly Instant[] =>
  Array.from({ length: count }, (_, day) => Date.parse(newest) - day * DAY_MS);

describe("restic's documented examples", () => {
  const sundays = Array.from({ length: 12 }, (_, week) => Date.UTC(2019, 8, 1 + 7 * week, 11));

  it('a backup every Sunday for 12 weeks: daily 4 keeps the last four Sundays', () => {
    expect(keptDays({ times: sundays, retention: { daily: 4 } })).toEqual([
      '2019-11-17',
      '2019-11-10',
      '2019-11-03',
      '2019-10-27',
    ]);
  });

  it('a backup every day for 100 years: 7 daily, 5 weekly, 12 monthly and 75 yearly ones', () => {
    const times = daily('2026-11-22T11:00:00Z', 100 * 365);
    const retention = { daily: 7, weekly: 5, monthly: 12, yearly: 75 };
    const keeps = kept(asked({ times, retention }));
    const keptFor = (period: string): number =>
      keeps.filter(({ keptBy }) => keptBy.some((reason) => 'period' in reason && reason.period === period))
        .length;
    expect(['daily', 'weekly', 'monthly', 'yearly'].map(keptFor)).toEqual([7, 5, 12, 75]);
    // The newest is one of each kind, and the last of 2025 is kept for its month and for its year.
    expect(keeps).toHaveLength(7 + 4 + 11 + 73);
  });

  it('2y5m7d3h reaches two years, five months, seven days and three hours back', () => {
    const times = at('2026-11-22T11:00:00Z', '2024-06-15T08:00:01Z', '2024-06-15T08:00:00Z');
    expect(kept(asked({ times, retention: { within: '2y5m7d3h' } })).map(({ point }) => point.slot)).toEqual(
      times.slice(0, 2),
    );
  });
});

interface Case {
  readonly name: string;
  readonly times: readonly Instant[];
  readonly retention: RetentionText;
  readonly timezone?: string;
  readonly now?: Instant;
  readonly keeps: readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: 'last counts recovery points, not days',
    times: at('2026-11-22T01:00:00Z', '2026-11-22T02:00:00Z', '2026-11-21T02:00:00Z'),
    retention: { last: 2 },
    keeps: ['2026-11-22: among the last 2', '2026-11-22: among the last 2'],
  },
  {
    name: 'days without a recovery point are not counted',
    times: at('2026-11-22T03:00:00Z', '2026-11-12T03:00:00Z', '2026-10-02T03:00:00Z'),
    retention: { daily: 2 },
    keeps: [
      '2026-11-22: the newest of 2026-11-22 (daily 1 of 2)',
      '2026-11-12: the newest of 2026-11-12 (daily 2 of 2)',
    ],
  },
  {
    name: 'the oldest stays while a count is not used up, and says so',
    times: at('2026-11-22T03:00:00Z', '2026-11-21T03:00:00Z', '2026-11-20T03:00:00Z'),
    retention: { monthly: 12 },
    keeps: [
      '2026-11-22: the newest of 2026-11 (monthly 1 of 12)',
      '2026-11-20: the oldest there is, while monthly is not filled: 1 of 12',
    ],
  },
  {
    name: 'the oldest goes once the count is used up',
    times: at('2026-11-22T03:00:00Z', '2026-10-21T03:00:00Z', '2026-10-20T03:00:00Z'),
    retention: { monthly: 2 },
    keeps: [
      '2026-11-22: the newest of 2026-11 (monthly 1 of 2)',
      '2026-10-21: the newest of 2026-10 (monthly 2 of 2)',
    ],
  },
  {
    name: 'the first of January 2027 is in the last ISO week of 2026',
    times: at('2027-01-04T12:00:00Z', '2027-01-01T12:00:00Z', '2026-12-28T12:00:00Z', '2026-12-27T12:00:00Z'),
    retention: { weekly: 2 },
    keeps: [
      '2027-01-04: the newest of 2027-W01 (weekly 1 of 2)',
      '2027-01-01: the newest of 2026-W53 (weekly 2 of 2)',
    ],
  },
  {
    name: 'a day is a day of the zone: 15:00 UTC is midnight in Seoul',
    times: at('2026-11-22T15:00:00Z', '2026-11-22T14:59:59Z'),
    retention: { daily: 2 },
    timezone: 'Asia/Seoul',
    keeps: [
      '2026-11-22: the newest of 2026-11-23 (daily 1 of 2)',
      '2026-11-22: the newest of 2026-11-22 (daily 2 of 2)',
    ],
  },
  {
    name: 'an hour that comes twice is two hours, whose labels differ',
    times: at('2026-10-25T01:30:00Z', '2026-10-25T00:30:00Z', '2026-10-25T00:15:00Z', '2026-10-24T23:30:00Z'),
    retention: { hourly: 3 },
    timezone: 'Europe/Berlin',
    keeps: [
      '2026-10-25: the newest of 2026-10-25 02h UTC+01:00 (hourly 1 of 3)',
      '2026-10-25: the newest of 2026-10-25 02h UTC+02:00 (hourly 2 of 3)',
      '2026-10-24: the newest of 2026-10-25 01h (hourly 3 of 3)',
    ],
  },
  {
    name: 'half an hour that comes twice is in two hours, on Lord Howe',
    times: at('2026-04-04T15:45:00Z', '2026-04-04T15:15:00Z', '2026-04-04T14:45:00Z', '2026-04-04T14:15:00Z'),
    retention: { hourly: 4 },
    timezone: 'Australia/Lord_Howe',
    keeps: [
      '2026-04-04: the newest of 2026-04-05 02h (hourly 1 of 4)',
      '2026-04-04: the newest of 2026-04-05 01h UTC+10:30 (hourly 2 of 4)',
      '2026-04-04: the newest of 2026-04-05 01h UTC+11:00 (hourly 3 of 4)',
      '2026-04-04: the oldest there is, while hourly is not filled: 3 of 4',
    ],
  },
  {
    name: 'an hour of a zone of three quarters that comes twice is two hours',
    times: at('2026-04-04T14:30:00Z', '2026-04-04T13:30:00Z'),
    retention: { hourly: 2 },
    timezone: 'Pacific/Chatham',
    keeps: [
      '2026-04-04: the newest of 2026-04-05 03h UTC+12:45 (hourly 1 of 2)',
      '2026-04-04: the newest of 2026-04-05 03h UTC+13:45 (hourly 2 of 2)',
    ],
  },
  {
    name: 'west of Greenwich too',
    times: at('2026-11-01T06:30:00Z', '2026-11-01T05:30:00Z'),
    retention: { hourly: 2 },
    timezone: 'America/New_York',
    keeps: [
      '2026-11-01: the newest of 2026-11-01 01h UTC-05:00 (hourly 1 of 2)',
      '2026-11-01: the newest of 2026-11-01 01h UTC-04:00 (hourly 2 of 2)',
    ],
  },
  {
    name: 'a day with a repeated hour is one day',
    times: at('2026-10-25T01:30:00Z', '2026-10-25T00:30:00Z', '2026-10-24T12:00:00Z'),
    retention: { daily: 2 },
    timezone: 'Europe/Berlin',
    keeps: [
      '2026-10-25: the newest of 2026-10-25 (daily 1 of 2)',
      '2026-10-24: the newest of 2026-10-24 (daily 2 of 2)',
    ],
  },
  {
    name: 'years are named by their number',
    times: at('2026-11-22T03:00:00Z', '2025-12-31T23:00:00Z', '2025-12-31T22:00:00Z'),
    retention: { yearly: 2 },
    keeps: [
      '2026-11-22: the newest of 2026 (yearly 1 of 2)',
      '2025-12-31: the newest of 2025 (yearly 2 of 2)',
    ],
  },
  {
    name: 'within is measured from the newest, however long ago that is, and its far end is outside',
    times: at('2026-11-01T03:00:00Z', '2026-10-30T03:00:01Z', '2026-10-30T03:00:00Z'),
    retention: { within: '48h' },
    now: Date.UTC(2026, 10, 22),
    keeps: ['2026-11-01: within 48h of the newest', '2026-10-30: within 48h of the newest'],
  },
  {
    name: 'a day back across a clock change has 25 hours',
    times: at('2026-10-25T12:00:00Z', '2026-10-24T11:30:00Z', '2026-10-24T11:00:00Z'),
    retention: { within: '1d' },
    timezone: 'Europe/Berlin',
    keeps: ['2026-10-25: within 1d of the newest', '2026-10-24: within 1d of the newest'],
  },
  {
    name: 'a slot in the future counts for nothing and stays',
    times: at('2026-11-23T03:00:00Z', '2026-11-22T03:00:00Z', '2026-11-21T03:00:00Z'),
    retention: { last: 1 },
    now: Date.UTC(2026, 10, 22, 12),
    keeps: ['2026-11-23: it was made in the future, so no rule counts it', '2026-11-22: among the last 1'],
  },
  {
    name: '`within` reaches back from the newest that is not in the future',
    times: at('2026-11-30T03:00:00Z', '2026-11-22T03:00:00Z', '2026-11-21T04:00:00Z'),
    retention: { within: '1d' },
    now: Date.UTC(2026, 10, 22, 12),
    keeps: [
      '2026-11-30: it was made in the future, so no rule counts it',
      '2026-11-22: within 1d of the newest',
      '2026-11-21: within 1d of the newest',
    ],
  },
  {
    name: 'every rule that keeps one is told',
    times: at('2026-11-22T03:00:00Z'),
    retention: { last: 1, daily: 2, within: '1h' },
    keeps: [
      '2026-11-22: among the last 1 · the newest of 2026-11-22 (daily 1 of 2) · within 1h of the newest',
    ],
  },
  { name: 'without rules nothing is kept', times: at('2026-11-22T03:00:00Z'), retention: {}, keeps: [] },
];

describe('what is kept, and why', () => {
  it.each(CASES)('$name', ({ keeps, ...question }) => {
    const said = kept(asked(question)).map(
      ({ point, keptBy }) =>
        `${isoInstant(point.slot).slice(0, 10)}: ${keptBy.map(keepReasonText).join(' · ')}`,
    );
    expect(said).toEqual(keeps);
  });

  it('nothing is said of nothing', () => {
    expect(retain({ points: [], timeOf: () => 0, retention: { last: 1 }, timezone: 'UTC', now: 0 })).toEqual(
      [],
    );
  });
});

describe('what expires, and why', () => {
  it('names every rule that might have kept it', () => {
    const times = [...daily('2026-11-22T03:00:00Z', 40), Date.parse('2026-11-18T01:00:00Z')];
    const retention = { last: 3, daily: 7, weekly: 4, monthly: 12, within: '48h' };
    const expired = asked({ times, retention }).filter(({ keptBy }) => keptBy.length === 0);
    expect(expired.at(0)).toEqual({
      point: { slot: Date.parse('2026-11-18T01:00:00Z') },
      keptBy: [],
      passedBy: [
        'not among the last 3',
        'not the newest of 2026-11-18',
        'not the newest of 2026-W47',
        'not the newest of 2026-11',
        'not within 48h of the newest',
      ],
    });
    expect(expired.at(-1)?.passedBy).toEqual([
      'not among the last 3',
      'daily is filled: 7 of 7',
      'weekly is filled: 4 of 4',
      'not the newest of 2026-10',
      'not within 48h of the newest',
    ]);
  });
});

describe('how long it takes', () => {
  it('250,000 slots take four times as long as a quarter of them', { tags: ['timed'] }, async () => {
    const retention = aRetention({
      last: 3,
      within: '48h',
      hourly: 48,
      daily: 30,
      weekly: 10,
      monthly: 24,
      yearly: 9,
    });
    const newest = Date.UTC(2026, 10, 22, 3);
    const prepare = (amount: number) => {
      const points = Array.from({ length: amount }, (_, index) => ({ slot: newest - index * HOUR_MS }));
      return () => {
        const answers = retain({
          points,
          timeOf: ({ slot }) => slot,
          retention,
          timezone: 'Europe/Berlin',
          now: newest,
        });
        expect(kept(answers).length).toBeLessThan(130);
      };
    };
    expect(await growth(prepare, 250_000)).toBeLessThan(IN_PROPORTION);
  });
});
