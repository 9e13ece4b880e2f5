import { styleText } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmless, harmlessJson } from '../../cli/harmless.ts';
import { ATTACKS } from '../support/attacks.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...ATTACKS.map(({ text }) => text)));
const UNSHOWN = /\p{C}|\p{Zl}|\p{Zp}/u;

describe('what is printed', () => {
  it('keeps what is shown as itself, its colours and its line breaks', () => {
    const text = `✔ Größe 表 ${styleText('red', 'at risk', { validateStream: false })}\n  é 😀\n`;
    expect(harmless(text)).toBe(text);
  });

  it.each([
    { name: 'a cleared screen', text: 'a\u001b[2Jb', shown: 'a [2Jb' },
    { name: 'a screen cleared in one byte', text: 'a\u009b2Jb', shown: 'a 2Jb' },
    { name: 'a line written over', text: 'a\rb', shown: 'a b' },
    { name: 'another direction', text: 'a\u202eb', shown: 'a b' },
    { name: 'a bell', text: 'a\u0007', shown: 'a ' },
    { name: 'a tab', text: 'a\tb', shown: 'a b' },
  ])('shows $name as spaces', ({ text, shown }) => {
    expect(harmless(text)).toBe(shown);
  });

  it('obeys nothing and keeps its width, whatever comes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const plain = text.replaceAll('\u001b', '');
        expect(harmless(plain).replaceAll('\n', '')).not.toMatch(UNSHOWN);
        expect(harmless(text)).toHaveLength(text.length);
      }),
    );
  });

  it('as JSON says the same, in characters that are shown', () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, anyText), (document) => {
        const json = harmlessJson(JSON.stringify(document, undefined, 2));
        expect(json.replaceAll('\n', '')).not.toMatch(UNSHOWN);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(document)));
      }),
    );
  });
});
