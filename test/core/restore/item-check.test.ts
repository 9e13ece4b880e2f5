import { describe, expect, it } from 'vitest';
import {
  checkItems,
  isBoundToName,
  isSameItem,
  itemKeyOf,
  wouldExpire,
} from '../../../shared/core/restore/item-check.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';

const NOW = Date.UTC(2026, 10, 28, 12);
const seconds = (at: number) => ({ expires: { N: String(Math.floor(at / 1000)) } });

describe('what TTL would delete', () => {
  it.each([
    ['an item that ran out an hour ago', seconds(NOW - 3_600_000), true],
    ['an item that runs out this very second', seconds(NOW), true],
    ['an item that runs out in an hour', seconds(NOW + 3_600_000), false],
    ['an item that ran out four years ago', seconds(NOW - 4 * 365 * DAY_MS), true],
    ['an item that ran out six years ago: TTL leaves it alone', seconds(NOW - 6 * 365 * DAY_MS), false],
    ['milliseconds, which lie in the far future', { expires: { N: String(NOW - DAY_MS) } }, false],
    ['text', { expires: { S: '1700000000' } }, false],
    ['an item without the attribute', { pk: { S: 'a' } }, false],
    ['no number at all', { expires: { N: 'NaN' } }, false],
  ])('%s', (_, item, expected) => {
    expect(wouldExpire(item, 'expires', NOW)).toBe(expected);
  });
});

describe('an item that is bound to the name of its table', () => {
  it.each([
    [{ pk: { S: 'a' }, '*amzn-ddb-map-desc*': { B: 'AAAA' } }, true],
    [{ pk: { S: 'a' }, aws_dbe_head: { B: 'AAAA' } }, true],
    [{ pk: { S: 'a' } }, false],
  ])('%j', (item, expected) => {
    expect(isBoundToName(item)).toBe(expected);
  });
});

describe('the same item', () => {
  it.each([
    ['attributes in another order', { a: { S: '1' }, b: { N: '2' } }, { b: { N: '2' }, a: { S: '1' } }, true],
    ['sets in another order', { a: { SS: ['x', 'y'] } }, { a: { SS: ['y', 'x'] } }, true],
    [
      'lists in another order',
      { a: { L: [{ S: 'x' }, { S: 'y' }] } },
      { a: { L: [{ S: 'y' }, { S: 'x' }] } },
      false,
    ],
    [
      'maps within maps',
      { a: { M: { b: { M: { c: { S: '' }, d: { N: '1' } } } } } },
      { a: { M: { b: { M: { d: { N: '1' }, c: { S: '' } } } } } },
      true,
    ],
    ['an attribute more', { a: { S: '1' } }, { a: { S: '1' }, b: { S: '1' } }, false],
    ['another type', { a: { S: '1' } }, { a: { N: '1' } }, false],
  ])('%s', (_, one, other, expected) => {
    expect(isSameItem(one, other)).toBe(expected);
  });
});

it('takes the key of an item and nothing else', () => {
  const keys = [
    { name: 'pk', role: 'HASH' },
    { name: 'sk', role: 'RANGE' },
  ] as const;
  expect(itemKeyOf({ sk: { N: '1' }, pk: { S: 'a' }, more: { S: 'b' } }, keys)).toEqual({
    pk: { S: 'a' },
    sk: { N: '1' },
  });
});

it('counts what a sample shows', () => {
  const item = { pk: { S: 'a' }, ...seconds(NOW - 1000) };
  const check = checkItems({
    restored: [item, { pk: { S: 'b' } }],
    pairs: [
      [item, item],
      [{ pk: { S: 'b' } }, { pk: { S: 'b' }, n: { N: '1' } }],
      [{ pk: { S: 'c' } }, undefined],
    ],
    ttlAttribute: 'expires',
    now: NOW,
    failures: [],
  });
  expect(check).toEqual({
    read: 2,
    expired: 1,
    boundToName: 0,
    compared: { keys: 3, there: 2, equal: 1 },
    failures: [],
  });
});
