/** The prime and the offset of FNV-1a, 32 bits. */
const PRIME = 16_777_619;
const OFFSET = 2_166_136_261;

/**
 * Returns a stable mark of at most seven characters for a table's name and a part of it, so that many tables can be remembered in one item. Two share
 * one with a probability of one in four thousand million.
 * @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv (checked 2026-11-25)
 */
export const shortHash = (table: string, part = ''): string => {
  let hash = OFFSET;
  for (const letter of `${table} ${part}`) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), PRIME);
  return (hash >>> 0).toString(36);
};
