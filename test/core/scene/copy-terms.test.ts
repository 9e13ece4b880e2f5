import { describe, expect, it } from 'vitest';
import { copyTermsOf } from '../../../shared/core/scene/copy-terms.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import type { CopyDestination } from '../../../shared/model/policy.ts';
import { aVaultPolicy, DR } from '../../support/vaults.ts';

const FIRST = Date.UTC(2026, 0, 1, 3);
const MADE = Array.from({ length: 60 }, (_, day) => FIRST + day * DAY_MS);

const terms = (destination: Partial<CopyDestination>) =>
  copyTermsOf(aVaultPolicy(), { vaultArn: DR, ...destination }, MADE);

const daysOf = (destination: Partial<CopyDestination>): readonly (readonly [day: string, days: number])[] =>
  [...terms(destination)].map(([at, { deleteAfterDays }]) => [
    new Date(at).toISOString().slice(0, 10),
    deleteAfterDays,
  ]);

describe('what a vault takes, and for how long', () => {
  it('is every recovery point where a rule does not count periods', () => {
    expect(terms({ retention: { last: 5 } }).size).toBe(60);
    expect(
      new Set([...terms({ retention: { last: 5 } }).values()].map(({ deleteAfterDays }) => deleteAfterDays)),
    ).toEqual(new Set([6]));
  });

  it('is the first of each period that a rule counts', () => {
    expect(daysOf({ retention: { monthly: 12 } })).toEqual([
      ['2026-01-01', 373],
      ['2026-02-01', 373],
      ['2026-03-01', 373],
    ]);
  });

  it('is as long as the longest rule that takes it', () => {
    const taken = new Map(daysOf({ retention: { daily: 7, monthly: 12, yearly: 3 } }));
    expect(taken.size).toBe(60);
    expect([taken.get('2026-01-01'), taken.get('2026-02-01'), taken.get('2026-02-02')]).toEqual([
      1_099, 373, 8,
    ]);
  });

  it('is what the policy keeps where the vault has no rules of its own', () => {
    expect(new Set(daysOf({}).map(([, days]) => days))).toEqual(new Set([8]));
  });

  it('is never shorter than what cold storage is paid for', () => {
    expect(new Set(daysOf({ retention: { daily: 40 }, coldAfterDays: 8 }).map(([, days]) => days))).toEqual(
      new Set([98]),
    );
  });

  it('is never longer than AWS Backup takes', () => {
    expect(new Set(daysOf({ retention: { yearly: 5_000 } }).map(([, days]) => days))).toEqual(
      new Set([36_500]),
    );
  });
});
