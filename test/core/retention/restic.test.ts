import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeepReason } from '../../../shared/core/retention/reasons.ts';
import { retain } from '../../../shared/core/retention/retain.ts';
import { assertNever } from '../../../shared/model/errors.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { Retention } from '../../../shared/model/policy.ts';
import { aRetention, type RetentionText } from './build.ts';

// What restic's own `forget` kept, and why (tools/restic-fixtures.ts), against what `retain` keeps, and why.

interface Fixture {
  readonly about: string;
  readonly zone: string;
  readonly times: readonly string[];
  readonly cases: readonly {
    readonly retention: RetentionText;
    readonly keeps: Readonly<Record<string, readonly string[]>>;
  }[];
}

const FOLDER = join(import.meta.dirname, '../../fixtures/restic');
const AFTER_ALL: Instant = Date.UTC(2026, 10, 23);

const fixtures = readdirSync(FOLDER)
  .toSorted()
  .map((file): Fixture & { readonly file: string } => ({
    ...JSON.parse(readFileSync(join(FOLDER, file), 'utf8')),
    file,
  }));

const resticWords = (reason: KeepReason): string => {
  switch (reason.kind) {
    case 'last':
      return 'last snapshot';
    case 'newest-of-period':
      return `${reason.period} snapshot`;
    case 'oldest':
      return `oldest ${reason.period} snapshot`;
    case 'within':
      // Months alone are `m` to restic and `mo` here.
      return `within ${reason.within.replace(/^(\d+)mo$/, '$1m')}`;
    case 'future':
      return 'in the future';
    default:
      return assertNever(reason);
  }
};

const ourKeeps = (
  { zone, times }: Fixture,
  retention: Retention,
): Readonly<Record<string, readonly string[]>> => {
  const points = times.map((time) => ({ slot: Date.parse(time) }));
  const kept = retain({ points, timeOf: ({ slot }) => slot, retention, timezone: zone, now: AFTER_ALL })
    .map(({ keptBy }, index) => [String(index), keptBy.map(resticWords).toSorted()] as const)
    .filter(([, words]) => words.length > 0);
  return Object.fromEntries(kept);
};

const inOrder = (keeps: Readonly<Record<string, readonly string[]>>): unknown =>
  Object.fromEntries(Object.entries(keeps).map(([index, words]) => [index, words.toSorted()]));

const cases = fixtures.flatMap((fixture) =>
  fixture.cases.map(({ retention, keeps }) => ({
    name: JSON.stringify(retention),
    file: fixture.file,
    fixture,
    retention,
    keeps,
  })),
);

/**
 * How far back `within` reaches where it meets a clock change. restic carries hours through the wall and takes one of two readings by the sign
 * of the zone's offset; here hours are exact and the earlier reading counts, by hand from the clock changes of the zones.
 */
const REACH: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'berlin-newest-in-repeated-hour.json': {
    '2h': '2025-10-25T22:45Z',
    '1h': '2025-10-25T23:45Z',
    '1d': '2025-10-25T00:45Z',
  },
  'new-york-newest-in-repeated-hour.json': {
    '2h': '2025-11-02T04:35Z',
    '1h': '2025-11-02T05:35Z',
    '1d': '2025-11-01T05:35Z',
  },
  'berlin-within-to-missing-time.json': { '2d': '2026-03-29T00:30Z', '2d1h': '2026-03-28T23:30Z' },
  'berlin-within-to-repeated-time.json': { '2d': '2025-10-26T00:30Z', '2d1h': '2025-10-25T23:30Z' },
  'cairo-within-to-missing-midnight.json': { '2d': '2024-04-25T21:30Z', '2d1h': '2024-04-25T20:30Z' },
};

/**
 * The newest of each hour, newest first, of histories that meet an hour twice: by hand, from the offsets of the zones. restic goes by the label
 * alone and takes two hours of one label for one.
 */
const HOURS: Readonly<Record<string, readonly number[]>> = {
  'berlin-autumn-night.json': [0, 3, 6, 9, 12, 15, 18],
  'lord-howe-autumn-night.json': [0, 3, 7, 9, 13, 17],
  'new-york-autumn-night.json': [0, 1, 3, 6, 8, 11, 13, 15],
  'new-york-newest-in-repeated-hour.json': [0, 2, 5, 8, 11],
};

const isHourly = (word: string): boolean => word.endsWith('hourly snapshot');

const hourlyWords = (hours: readonly number[], count: number, index: number, last: number): string[] => {
  if (hours.slice(0, count).includes(index)) return ['hourly snapshot'];
  return index === last && hours.length < count ? ['oldest hourly snapshot'] : [];
};

/** What restic keeps, with our own hours where a history meets one twice. */
const withOwnHours = ({ file, fixture, retention, keeps }: (typeof cases)[number]): typeof keeps => {
  const hours = HOURS[file];
  const { hourly } = retention;
  if (hours === undefined || hourly === undefined) return keeps;
  const own = fixture.times.map((_, index) => {
    const others = (keeps[index] ?? []).filter((word) => !isHourly(word));
    return [
      String(index),
      [...others, ...hourlyWords(hours, hourly, index, fixture.times.length - 1)],
    ] as const;
  });
  return Object.fromEntries(own.filter(([, words]) => words.length > 0));
};

/** What restic keeps, with our own hours, and with our own reach where `within` meets a clock change. */
const expectedKeeps = (one: (typeof cases)[number]): unknown => {
  const { file, fixture, retention } = one;
  const keeps = withOwnHours(one);
  const reach = REACH[file]?.[retention.within ?? ''];
  if (reach === undefined) return inOrder(keeps);
  const others = fixture.times.map((time, index) => {
    const words = (keeps[index] ?? []).filter((word) => !word.startsWith('within'));
    const within = Date.parse(time) > Date.parse(reach) ? [`within ${retention.within}`] : [];
    return [String(index), [...words, ...within]] as const;
  });
  return inOrder(Object.fromEntries(others.filter(([, words]) => words.length > 0)));
};

describe('restic and we keep the same, for the same reasons', () => {
  it('is asked of enough histories', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(fixtures.map(({ zone }) => zone)).size).toBeGreaterThanOrEqual(8);
  });

  it.each(cases)('$fixture.about, $fixture.zone, $name', (one) => {
    expect(ourKeeps(one.fixture, aRetention(one.retention))).toEqual(expectedKeeps(one));
  });

  it('departs from restic only where a clock change is met, and lets go of what it keeps only where its hours are not exact', () => {
    const lost = cases.flatMap((one) => {
      const ours = ourKeeps(one.fixture, aRetention(one.retention));
      return Object.keys(one.keeps).every((index) => index in ours)
        ? []
        : [`${one.file} ${one.retention.within ?? one.name}`];
    });
    expect(lost).toEqual([
      'berlin-autumn-night.json {"hourly":4}',
      'lord-howe-autumn-night.json {"hourly":4}',
      'new-york-newest-in-repeated-hour.json 2h',
      'new-york-newest-in-repeated-hour.json 1h',
    ]);
  });
});
