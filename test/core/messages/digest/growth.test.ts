import { describe, expect, it } from 'vitest';
import { growthOf, sizesOf } from '../../../../shared/core/messages/digest/growth.ts';
import type { TableLine } from '../../../../shared/core/messages/digest/table-line.ts';
import { shortHash } from '../../../../shared/core/text/digest.ts';
import type { DigestMemory } from '../../../../shared/model/memory.ts';
import { NOW } from '../../../support/world.ts';

const line = (table: string, tableBytes?: number): TableLine => ({
  table,
  status: 'protected',
  policies: ['standard'],
  window: { kind: 'off' },
  recoveryPoints: 0,
  lockedPoints: 0,
  recoveryPointBytes: 0,
  ifLost: { expected: { kind: 'unknown' }, cost: { kind: 'unknown' } },
  ...(tableBytes !== undefined && { tableBytes }),
});

const remembered = (lines: readonly TableLine[]): DigestMemory => ({
  digestedSlot: NOW,
  sentAt: NOW,
  recoveryPointBytes: 0,
  sizes: sizesOf(lines),
});

describe('growth by table', () => {
  it('tells who grew and who shrank, most first, and who is new', () => {
    const before = [line('A', 10), line('B', 100), line('C', 50), line('D', 7), line('E', 0)];
    const now = [line('A', 15), line('B', 90), line('C', 10), line('D', 7), line('E', 200), line('F', 1)];
    expect(growthOf(now, remembered(before))).toEqual({
      grown: [
        { table: 'E', bytesBefore: 0, bytes: 200 },
        { table: 'A', bytesBefore: 10, bytes: 15 },
      ],
      shrunk: [
        { table: 'C', bytesBefore: 50, bytes: 10 },
        { table: 'B', bytesBefore: 100, bytes: 90 },
      ],
      added: ['F'],
    });
  });

  it('tells those that changed alike by name', () => {
    const before = ['A', 'B', 'C'].map((table) => line(table, 10));
    const now = [line('C', 30), line('A', 30), line('B', 30)];
    expect(growthOf(now, remembered(before))?.grown.map(({ table }) => table)).toEqual(['A', 'B', 'C']);
  });

  it('goes by the change and not by the size', () => {
    const now = [line('A', 1_001), line('B', 50)];
    const { grown = [] } = growthOf(now, remembered([line('A', 1_000), line('B', 1)])) ?? {};
    expect(grown.map(({ table }) => table)).toEqual(['B', 'A']);
  });

  it.each([
    { name: 'now', before: [line('A', 10)], now: [line('A')] },
    { name: 'then, which makes no table new', before: [line('A')], now: [line('A', 10)] },
  ])('tells nothing of a table whose size could not be read $name', ({ before, now }) => {
    expect(growthOf(now, remembered(before))).toEqual({ grown: [], shrunk: [], added: [] });
  });

  it('is not known of a first digest, nor of one that remembered no sizes', () => {
    const { sizes: _, ...last } = remembered([]);
    expect(growthOf([line('A', 1)], undefined)).toBeUndefined();
    expect(growthOf([line('A', 1)], last)).toBeUndefined();
  });

  it('fits into one item of the state table, and calls nothing new where not all is remembered', () => {
    const many = Array.from({ length: 30_000 }, (_, at) => line(`table-${at}`, at * 1_000_000_000));
    const last = remembered(many);
    expect(Buffer.byteLength(JSON.stringify(last))).toBeLessThan(400_000);
    const grown = many.map((one) => ({ ...one, tableBytes: (one.tableBytes ?? 0) + 5 }));
    const growth = growthOf([...grown, line('new', 1)], last);
    const largest = many.slice(20_000).map(({ table }) => table);
    expect(growth?.grown.map(({ table }) => table).toSorted()).toEqual(largest.toSorted());
    expect(growth?.added).toEqual([]);
  });

  it('is remembered of the first by name where tables are as large, and of one not read last of all', () => {
    const alike = Array.from({ length: 10_000 }, (_, at) => line(`table-${10_000 + at}`, 1));
    const sizes = sizesOf([line('unread'), line('last', 1), ...alike.toReversed(), line('first', 1)]);
    expect(Object.keys(sizes)).toHaveLength(10_000);
    expect([sizes[shortHash('first')], sizes[shortHash('last')]]).toEqual([1, 1]);
    expect(Object.keys(sizes)).not.toContain(shortHash('table-19999'));
    expect(Object.keys(sizes)).not.toContain(shortHash('unread'));
  });
});
