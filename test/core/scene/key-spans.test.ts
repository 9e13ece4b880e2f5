import { describe, expect, it } from 'vitest';
import {
  keysNeededAt,
  spansOfHead,
  spansOfVersions,
  withSeenKey,
} from '../../../shared/core/scene/key-spans.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import type { TableShape } from '../../../shared/model/table-settings.ts';
import { aShape } from '../../support/table-settings.ts';

const DAY_0 = Date.UTC(2026, 2, 1);
const day = (count: number): number => DAY_0 + count * DAY_MS;

const under = (capturedAt: number, encryption: TableShape['encryption']) => ({
  capturedAt,
  settings: { shape: aShape({ encryption }) },
});

const OWNED = { kind: 'aws-owned' } as const;
const kms = (keyArn: string) => ({ kind: 'kms', keyArn }) as const;

describe('the keys that a table stood under', () => {
  it('are none where no version names one of a customer', () => {
    expect(spansOfVersions([under(day(1), OWNED), under(day(9), OWNED)])).toEqual([]);
    expect(spansOfVersions([under(day(1), { kind: 'kms', keyArn: 'aws', isAwsManaged: true })])).toEqual([]);
  });

  it('are read from versions, which do not say when they last held', () => {
    expect(
      spansOfVersions([under(day(30), kms('b')), under(day(1), kms('a')), under(day(5), kms('a'))]),
    ).toEqual([
      { keyArn: 'a', from: day(1), until: day(28) },
      { keyArn: 'b', from: day(30), until: day(30) },
    ]);
  });

  it('begin with one of AWS where a table had that before', () => {
    const head = { tableCreatedAt: day(0), confirmedAt: day(4), keys: [] };
    expect(withSeenKey(head, { keyArn: 'a' }, day(5))).toEqual([
      { from: day(0), until: day(4) },
      { keyArn: 'a', from: day(5), until: day(5) },
    ]);
    expect(withSeenKey(head, {}, day(5))).toEqual([]);
  });

  it('are not made up of what an older version did not keep', () => {
    expect(withSeenKey({ tableCreatedAt: day(0), confirmedAt: day(4) }, { keyArn: 'a' }, day(5))).toEqual([
      { keyArn: 'a', from: day(5), until: day(5) },
    ]);
  });

  it('go on while the key is the same, and end when it was last confirmed', () => {
    const head = {
      tableCreatedAt: day(0),
      confirmedAt: day(7),
      keys: [{ keyArn: 'a', from: day(1), until: day(1) }],
    };
    expect(spansOfHead(head)).toEqual([{ keyArn: 'a', from: day(1), until: day(7) }]);
    expect(withSeenKey(head, { keyArn: 'a' }, day(8))).toEqual([
      { keyArn: 'a', from: day(1), until: day(8) },
    ]);
    expect(withSeenKey(head, {}, day(8))).toEqual([
      { keyArn: 'a', from: day(1), until: day(7) },
      { from: day(8), until: day(8) },
    ]);
  });
});

describe('the key that a backup needs', () => {
  const SPANS = [
    { keyArn: 'a', from: day(1), until: day(5) },
    { from: day(6), until: day(8) },
    { keyArn: 'b', from: day(9), until: day(9) },
  ];

  it.each([
    { at: 1, keys: ['a'], isSure: true },
    { at: 5, keys: ['a'], isSure: true },
    { at: 7, keys: [], isSure: true },
    { at: 0, keys: ['a'], isSure: false },
    { at: 5.5, keys: ['a'], isSure: false },
    { at: 8.5, keys: ['b'], isSure: false },
    { at: 12, keys: ['b'], isSure: false },
  ])('is that of its table on day $at', ({ at, isSure, keys }) => {
    expect(keysNeededAt(SPANS, day(at))).toEqual({ keys, isSure });
  });

  it('may be either of two while a table changes its key, and none where nothing is known', () => {
    const spans = SPANS.filter(({ keyArn }) => keyArn !== undefined);
    expect(keysNeededAt(spans, day(7))).toEqual({ keys: ['a', 'b'], isSure: false });
    expect(keysNeededAt([], day(7))).toEqual({ keys: [], isSure: false });
  });
});
