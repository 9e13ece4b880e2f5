import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cappedWithoutLinks } from '../../../shared/core/text/words.ts';
import { anyText } from '../../support/any-text.ts';
import { ATTACKS } from '../../support/attacks.ts';

const LINK = /:\/\/|\bwww\.|mailto:|javascript:/i;

describe('text without links', () => {
  it.each([
    { text: 'see https://evil.example/x', shown: 'see https: //evil.example/x' },
    { text: 'WWW.evil.example', shown: 'W WW.evil.example' },
    { text: 'mailto:a@b.example', shown: 'm ailto:a@b.example' },
    {
      text: 'The tag backup:policy of my.table names "a"',
      shown: 'The tag backup:policy of my.table names "a"',
    },
  ])('shows $text as $shown', ({ text, shown }) => {
    expect(cappedWithoutLinks(text, 100)).toBe(shown);
  });

  it('is one line without a link, whatever comes', () => {
    const anyWords = fc.oneof(anyText(), fc.constantFrom(...ATTACKS.map(({ text }) => text)));
    const withLinks = fc
      .array(fc.oneof(anyWords, fc.constantFrom('://', 'www.', 'http', 'mailto:', 'JavaScript:')))
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(withLinks, (text) => {
        const prose = cappedWithoutLinks(text, 1_000);
        expect(prose).not.toMatch(LINK);
        expect(prose).not.toMatch(/\p{C}|\p{Zl}|\p{Zp}|\n/u);
      }),
    );
  });
});
