import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snsMessageOf, withinBytes } from '../../../shared/adapters/notify/sns-message.ts';

const CUT = '\n...\n';

describe('text within bytes', () => {
  it.each([
    { name: 'that fits stays', text: '汉字', bytes: 6, cut: '汉字' },
    { name: 'of three bytes a character is never halved', text: '汉字汉字', bytes: 10, cut: `汉${CUT}` },
    { name: 'nor where one byte is missing', text: '汉字汉字', bytes: 11, cut: `汉字${CUT}` },
    { name: 'of two code units is never halved', text: 'a😀😀😀', bytes: 12, cut: `a😀${CUT}` },
    { name: 'keeps an accent with its letter', text: 'abe\u0301cdefg', bytes: 8, cut: `ab${CUT}` },
    { name: 'keeps a family together', text: `ab👩‍👩‍👧${'c'.repeat(20)}`, bytes: 16, cut: `ab${CUT}` },
  ])('$name', ({ text, bytes, cut }) => {
    expect(withinBytes(text, bytes)).toBe(cut);
  });

  it('is text of no more bytes, and begins as it did, whatever it is', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 400 });
    fc.assert(
      fc.property(text, fc.integer({ min: 10, max: 300 }), (long, bytes) => {
        const cut = withinBytes(long, bytes);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(Math.max(bytes, 0));
        expect(cut.isWellFormed()).toBe(true);
        expect(cut).not.toContain('\ufffd');
        expect(long.startsWith(cut.endsWith(CUT) && cut !== long ? cut.slice(0, -CUT.length) : cut)).toBe(
          true,
        );
      }),
    );
  });
});

describe('a message to SNS', () => {
  const LIMIT = 262_144;
  it.each([
    { name: 'Latin letters', letter: 'a' },
    { name: 'Chinese', letter: '汉' },
    { name: 'emoji', letter: '😀' },
    { name: 'quotation marks, which JSON escapes', letter: '"' },
  ])('of an over-long body in $name fits, and ends between two letters', ({ letter }) => {
    for (const extra of [0, 1, 2, 3]) {
      const body = 'x'.repeat(extra) + letter.repeat(300_000);
      const { Message } = snsMessageOf({ subject: 'S', body });
      expect(Buffer.byteLength(Message)).toBeLessThan(LIMIT);
      expect(Buffer.byteLength(Message)).toBeGreaterThan(LIMIT - 2_000);
      expect(Message.isWellFormed()).toBe(true);
      expect(Message).not.toContain('\ufffd');
    }
  });
});
