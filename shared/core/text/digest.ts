// FNV-1a, 64 bit, as two signed halves of 32, for that is what engines are fast at; the prime is 2^40 + 0x1b3.
// It tells sets apart that people compare by eye; it keeps nobody out, and nothing here needs that.
// @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv (checked 2026-11-22)
interface Hash {
  readonly high: number;
  readonly low: number;
}

const OFFSET: Hash = { high: 0xcbf29ce4, low: 0x84222325 };
const PRIME_LOW = 0x1b3;

const hashedOn = (start: Hash, text: string): Hash => {
  let { high, low } = start;
  for (let index = 0; index < text.length; index += 1) {
    low ^= text.charCodeAt(index);
    const lower = (low & 0xffff) * PRIME_LOW;
    const upper = (low >>> 16) * PRIME_LOW + (lower >>> 16);
    high = (Math.imul(high, PRIME_LOW) + (low << 8) + (upper >>> 16)) | 0;
    low = (upper << 16) | (lower & 0xffff);
  }
  return { high, low };
};

const hex = (half: number): string => (half >>> 0).toString(16).padStart(8, '0');

/** Returns the FNV-1a hash of pieces of ASCII text, one after the other, as 16 hexadecimal digits. */
export const fnv1a64 = (pieces: readonly string[]): string => {
  const { high, low } = pieces.reduce(hashedOn, OFFSET);
  return hex(high) + hex(low);
};

/** Returns a short name for exactly the set of recovery points that a plan would expire, the same in any order. The empty set has a name as well. */
export const expiryDigest = (ids: readonly string[]): string =>
  fnv1a64(ids.toSorted().map((id) => `${id}\n`));

/** The prime and the offset of FNV-1a, 32 bits, for marks. */
const MARK_PRIME = 16_777_619;
const MARK_OFFSET = 2_166_136_261;

/**
 * Returns a stable mark of at most seven characters for a table's name and a part of it, so that many tables can be remembered in one item. Two share
 * one with a probability of one in four thousand million.
 * @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv (checked 2026-11-25)
 */
export const shortHash = (table: string, part = ''): string => {
  let hash = MARK_OFFSET;
  for (const letter of `${table} ${part}`) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), MARK_PRIME);
  return (hash >>> 0).toString(36);
};
