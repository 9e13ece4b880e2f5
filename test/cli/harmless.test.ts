import { styleText } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colours, harmlessJson, sanitizeTerminal } from '../../cli/terminal.ts';
import { anyText } from '../support/any-text.ts';
import { ATTACKS } from '../support/attacks.ts';

const anyWords = fc.oneof(anyText(), fc.constantFrom(...ATTACKS.map(({ text }) => text)));
const UNSHOWN = /\p{C}|\p{Zl}|\p{Zp}|\p{DI}/u;

describe('what is printed', () => {
  it('keeps what is shown as itself, its colours and its line breaks', () => {
    const text = (risk: string) => `✔ Größe 表 ${risk}\n  é 😀\n`;
    const red = styleText('red', 'at risk', { validateStream: false });
    expect(sanitizeTerminal(text(colours('bad', 'at risk')))).toBe(text(red));
  });

  it.each([
    { name: 'a cleared screen', text: 'a\u001b[2Jb', shown: 'a [2Jb' },
    { name: 'a screen cleared in one byte', text: 'a\u009b2Jb', shown: 'a 2Jb' },
    { name: 'a line written over', text: 'a\rb', shown: 'a b' },
    { name: 'another direction', text: 'a\u202eb', shown: 'a b' },
    { name: 'a bell', text: 'a\u0007', shown: 'a ' },
    { name: 'a tab', text: 'a\tb', shown: 'a b' },
    { name: 'the start of hidden words', text: 'a\u001b[8mb', shown: 'a [8mb' },
    { name: 'a colour of somebody else', text: '\u001b[32mfine\u001b[39m', shown: ' [32mfine [39m' },
    { name: 'a colour in two numbers', text: 'a\u001b[0;32mb', shown: 'a [0;32mb' },
    { name: 'a colour in one byte', text: 'a\u009b8mb', shown: 'a 8mb' },
    { name: 'a link', text: '\u001b]8;;x\u0007a', shown: ' ]8;;x a' },
    { name: 'a filler that is a letter', text: 'a\u3164b\u115fc', shown: 'a b c' },
    { name: 'a joiner and a selector', text: 'a\u034fb\ufe0fc', shown: 'a b c' },
    { name: 'letters of a tag, of two units each', text: 'a\u{e0061}b', shown: 'a  b' },
  ])('shows $name as spaces', ({ text, shown }) => {
    expect(sanitizeTerminal(text)).toBe(shown);
  });

  it('obeys nothing and keeps its width, whatever comes', () => {
    fc.assert(
      fc.property(anyWords, (text) => {
        expect(sanitizeTerminal(text).replaceAll('\n', '')).not.toMatch(UNSHOWN);
        expect(sanitizeTerminal(text)).toHaveLength(text.length);
      }),
    );
  });

  it('as JSON says the same, in characters that are shown', () => {
    fc.assert(
      fc.property(fc.dictionary(anyWords, anyWords), (document) => {
        const json = harmlessJson(JSON.stringify(document, undefined, 2));
        expect(json.replaceAll('\n', '')).not.toMatch(UNSHOWN);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(document)));
      }),
    );
  });
});
