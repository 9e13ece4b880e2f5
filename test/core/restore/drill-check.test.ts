import { describe, expect, it } from 'vitest';
import {
  countCheck,
  indexCheck,
  indexNamesCheck,
  itemsCheck,
  resultOf,
  schemaCheck,
  sizeCheck,
} from '../../../shared/core/restore/drill-check.ts';
import type { KeyPart } from '../../../shared/model/table-settings.ts';
import { aCallFailure } from '../../support/failures.ts';

const keys = (...parts: readonly string[]): readonly KeyPart[] =>
  parts.map((name, at) => ({ name, role: at === 0 ? 'HASH' : 'RANGE' }));

const index = (name: string, ...parts: readonly string[]) => ({
  name,
  keys: keys(...parts),
  projection: { type: 'ALL' as const },
});

const shape = (
  global: readonly ReturnType<typeof index>[],
  local: readonly ReturnType<typeof index>[] = [],
) => ({
  globalIndexes: global,
  localIndexes: local,
});

describe('the keys and indexes of a restored table', () => {
  it.each([
    { name: 'the same, in any order', found: keys('pk', 'sk').toReversed(), verdict: 'passed' },
    { name: 'another sort key', found: keys('pk', 'at'), verdict: 'failed' },
    { name: 'no sort key', found: keys('pk'), verdict: 'failed' },
  ])('$name: $verdict', ({ found, verdict }) => {
    expect(schemaCheck([{ keys: keys('pk', 'sk') }], { keys: found }).verdict).toBe(verdict);
  });

  it('prove nothing where it is not known what the table had', () => {
    expect(schemaCheck([], { keys: keys('pk') }).verdict).toBe('unread');
  });

  it.each([
    { name: 'as before an index was added', found: shape([index('byAge', 'age')]), verdict: 'passed' },
    { name: 'as after', found: shape([index('byAge', 'age'), index('byName', 'name')]), verdict: 'passed' },
    { name: 'without any', found: shape([]), verdict: 'failed' },
    { name: 'with another key', found: shape([index('byAge', 'id')]), verdict: 'failed' },
  ])('$name: $verdict', ({ found, verdict }) => {
    const known = [shape([index('byAge', 'age')]), shape([index('byName', 'name'), index('byAge', 'age')])];
    expect(indexCheck(known, found).verdict).toBe(verdict);
  });

  it('of a backup are compared by name', () => {
    const known = shape([index('b', 'x')], [index('a', 'pk', 'y')]);
    expect(indexNamesCheck(known, ['b', 'a']).verdict).toBe('passed');
    expect(indexNamesCheck(known, ['b']).verdict).toBe('failed');
  });
});

describe('how many items', () => {
  it.each([
    { expected: 10_000, found: 9_000, verdict: 'passed' },
    { expected: 10_000, found: 5_000, verdict: 'passed' },
    { expected: 10_000, found: 4_999, verdict: 'failed' },
    { expected: 10_000, found: 20_001, verdict: 'failed' },
    { expected: 900, found: 1, verdict: 'passed' },
    { expected: 10_000, found: 0, verdict: 'unread' },
    { expected: undefined, found: 7, verdict: 'unread' },
  ])('$found of about $expected: $verdict', ({ expected, found, verdict }) => {
    const drill = expected === undefined ? {} : { itemCount: expected };
    expect(countCheck(drill, found).verdict).toBe(verdict);
  });

  it.each([
    { itemCount: 5_000, read: 100, verdict: 'passed' },
    { itemCount: 5_000, read: 99, verdict: 'failed' },
    { itemCount: 3, read: 1, verdict: 'passed' },
    { itemCount: 3, read: 0, verdict: 'failed' },
    { itemCount: 0, read: 0, verdict: 'passed' },
  ])('a sample of $read, where there were $itemCount: $verdict', ({ itemCount, read, verdict }) => {
    expect(itemsCheck({ itemCount, sample: 100 }, { read, failures: [] }).verdict).toBe(verdict);
  });

  it.each([
    { itemCount: 0, sizeBytes: 4_000_000_000, read: 0, verdict: 'failed' },
    { itemCount: undefined, sizeBytes: 4_000_000_000, read: 0, verdict: 'failed' },
    { itemCount: 0, sizeBytes: 4_000_000_000, read: 1, verdict: 'passed' },
    { itemCount: 0, sizeBytes: 0, read: 0, verdict: 'passed' },
    { itemCount: undefined, sizeBytes: undefined, read: 0, verdict: 'passed' },
  ])(
    'a sample of $read of $itemCount items and $sizeBytes bytes: $verdict',
    ({ read, verdict, ...known }) => {
      const { itemCount, sizeBytes } = known;
      const drill = {
        sample: 100,
        ...(itemCount !== undefined && { itemCount }),
        ...(sizeBytes !== undefined && { sizeBytes }),
      };
      expect(itemsCheck(drill, { read, failures: [] }).verdict).toBe(verdict);
    },
  );

  it('is not known where the sample could not be read', () => {
    const failures = [aCallFailure('Scan', 'AccessDeniedException', 'no')];
    const check = itemsCheck({ itemCount: 5_000, sample: 100 }, { read: 0, failures });
    expect(check).toMatchObject({ verdict: 'unread', failure: failures[0] });
    expect(resultOf([check])).toBe('failed');
  });
});

describe('the size of a backup', () => {
  it.each([
    { expected: 1_000_000_000, found: 900_000_000, verdict: 'passed' },
    { expected: 1_000_000_000, found: 100_000_000, verdict: 'failed' },
    { expected: 1_000_000, found: 0, verdict: 'passed' },
    { expected: undefined, found: 5, verdict: 'unread' },
  ])('$found beside $expected: $verdict', ({ expected, found, verdict }) => {
    expect(sizeCheck(expected, found).verdict).toBe(verdict);
  });
});

describe('what checks come to', () => {
  it('is proof where none failed, whatever of lesser things was not seen', () => {
    expect(
      resultOf([
        { name: 'items', verdict: 'passed' },
        { name: 'settings', verdict: 'unread' },
      ]),
    ).toBe('proved');
    expect(
      resultOf([
        { name: 'items', verdict: 'passed' },
        { name: 'settings', verdict: 'failed' },
      ]),
    ).toBe('failed');
    expect(resultOf([{ name: 'schema', verdict: 'unread' }])).toBe('failed');
  });
});
