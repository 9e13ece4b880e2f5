/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** At least 0, below 1. */
  fraction(): number;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  hex(digits: number): string;
  uuid(): string;
}

const mulberry32 = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Small whole numbers are written many times faster than large ones. */
const fourHex = (number: number): string => (number + 0x10000).toString(16).slice(1);

export const createRandom = (seed: number): Random => {
  const fraction = mulberry32(seed);
  const eightHex = (): string => {
    const number = Math.floor(fraction() * 2 ** 32);
    return `${fourHex(number >>> 16)}${fourHex(number & 0xffff)}`;
  };
  const hex = (digits: number): string => {
    let text = '';
    while (text.length < digits) text += eightHex();
    return text.slice(0, digits);
  };
  return {
    fraction,
    between: (min, max) => min + Math.floor(fraction() * (max - min + 1)),
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
  };
};

/** A seed from a text (FNV-1a): the same text gives the same seed. */
export const seedOf = (text: string): number =>
  [...text].reduce(
    (hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0,
    0x811c9dc5,
  );
