import { describe, expect, it } from 'vitest';
import { nearest, nearestFew } from '../../../shared/core/text/nearest.ts';

const NAMES = ['archive', 'critical', 'standard', 'standby'];

describe('nearest', () => {
  it.each([
    { name: 'a letter too few', word: 'standrd', meant: 'standard' },
    { name: 'two letters swapped', word: 'cirtical', meant: 'critical' },
    { name: 'another case', word: 'ARCHIVE', meant: 'archive' },
    { name: 'many spaces around', word: '     gold     ', meant: 'gold', among: ['gold'] },
    { name: 'spaces around', word: ' archive ', meant: 'archive' },
    { name: 'the nearer of two', word: 'standbi', meant: 'standby' },
    { name: 'the word itself', word: 'standard', meant: 'standard' },
    { name: 'nothing like it', word: 'gold', meant: undefined },
    { name: 'half of a short word', word: 'gold', meant: undefined, among: ['bond'] },
    { name: 'no word', word: '', meant: undefined },
  ])('$name: $word', ({ word, meant, among = NAMES }) => {
    expect(nearest(word, among)).toBe(meant);
  });

  it('takes the first in order of two as near, however they are given', () => {
    expect(nearest('dail', ['daily', 'daila'])).toBe('daila');
    expect(nearest('dail', ['daila', 'daily'])).toBe('daila');
  });

  it('knows nothing among nothing', () => {
    expect(nearest('standard', [])).toBeUndefined();
  });
});

it('names few of several that were likely meant, nearest first', () => {
  expect(nearestFew('ordrs', ['carts', 'order', 'orders', 'orderz'], 2)).toEqual(['orders', 'order']);
  expect(nearestFew('ordrs', ['carts'])).toEqual([]);
});
