import { describe, expect, it } from 'vitest';
import { expiryDigest, fnv1a64 } from '../../../shared/core/text/digest.ts';

describe('the hash is FNV-1a of 64 bits', () => {
  it.each([
    { pieces: [], hash: 'cbf29ce484222325' },
    { pieces: ['a'], hash: 'af63dc4c8601ec8c' },
    { pieces: ['foobar'], hash: '85944171f73967e8' },
    { pieces: ['10'], hash: '07f89207b4ba08a4' },
    { pieces: ['foo', '', 'bar'], hash: '85944171f73967e8' },
  ])('of $pieces it is $hash, as its authors say', ({ pieces, hash }) => {
    expect(fnv1a64(pieces)).toBe(hash);
  });
});

describe('a digest names a set of expiries', () => {
  it('whatever their order', () => {
    expect(expiryDigest(['b', 'a'])).toBe(expiryDigest(['a', 'b']));
  });

  it.each([
    { name: 'with one more', ids: ['a', 'b', 'c'] },
    { name: 'with one fewer', ids: ['a'] },
    { name: 'with another', ids: ['a', 'c'] },
    { name: 'whose names run together', ids: ['ab'] },
    { name: 'that is empty', ids: [] },
  ])('and no set $name', ({ ids }) => {
    expect(expiryDigest(ids)).not.toBe(expiryDigest(['a', 'b']));
  });

  it('in sixteen digits, which a person can compare', () => {
    expect(expiryDigest([])).toMatch(/^[0-9a-f]{16}$/);
  });
});
