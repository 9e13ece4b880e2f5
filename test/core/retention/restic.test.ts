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
      return `within ${reason.within}`;
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
    fixture,
    retention,
    keeps,
  })),
);

describe('restic and we keep the same, for the same reasons', () => {
  it('is asked of enough histories', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(fixtures.map(({ zone }) => zone)).size).toBeGreaterThanOrEqual(8);
  });

  it.each(cases)('$fixture.about, $fixture.zone, $name', ({ fixture, retention, keeps }) => {
    expect(ourKeeps(fixture, aRetention(retention))).toEqual(inOrder(keeps));
  });
});
