/** Letters as people see them: a letter with its accents, a family of emoji. */
const letters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A letter may be piled up without end; one longer than this, in bytes, is cut between its characters. */
const LONGEST_LETTER_BYTES = 256;

const CUT = '\n...\n';

/** The longest prefix of at most so many bytes of UTF-8 that ends between two characters. */
const prefixWithin = (text: string, bytes: number): string => {
  const buffer = Buffer.from(text);
  let end = Math.min(bytes, buffer.length);
  // The bytes of a character after its first begin with the bits 10.
  while (end > 0 && ((buffer[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end -= 1;
  return buffer.toString('utf8', 0, end);
};

/**
 * Returns the text, cut to at most so many bytes of UTF-8 where it is longer. A cut is shown, and halves neither a character nor, where it can
 * be helped, what people see as one letter.
 */
export const withinBytes = (text: string, bytes: number): string => {
  if (Buffer.byteLength(text) <= bytes) return text;
  const prefix = prefixWithin(text, bytes - CUT.length);
  const from = Math.max(0, prefix.length - LONGEST_LETTER_BYTES);
  const around = text.slice(from, prefix.length + LONGEST_LETTER_BYTES);
  const letter = letters.segment(around).containing(prefix.length - from);
  const end = letter === undefined || letter.index === 0 ? prefix.length : from + letter.index;
  return prefix.slice(0, end) + CUT;
};
