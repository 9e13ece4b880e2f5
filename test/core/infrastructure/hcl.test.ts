import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attribute, block, comment, hclOf, hclText } from '../../../shared/core/infrastructure/hcl.ts';
import { label } from '../../../shared/core/infrastructure/names.ts';
import { anyText } from '../../support/any-text.ts';
import { parsedHcl } from '../../support/parsed-hcl.ts';

const whole = (text: string): string => text.toWellFormed();

it('any text is read back as it was, and is no template', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 40 }), (any) => {
      const text = whole(any).normalize('NFC');
      expect(parsedHcl(hclOf([attribute('a', text)]))).toEqual({ a: text });
    }),
    {
      numRuns: 150,
      examples: [['\u0024{a}%{b}'], ['$$\u007b'], ['"\\"\n\r\t'], ['%%{ x }'], ['\u0000\u2028🙂']],
    },
  );
});

it('any JSON is read back as it was', () => {
  const json = fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme-ascii' });
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), json), (value) => {
      const entries = Object.entries(value).map(
        ([key, of]) => [key, { kind: 'json', value: of as never }] as const,
      );
      const text = hclOf([attribute('a', { kind: 'map', entries })]);
      expect(Object.keys(parsedHcl(text).a as object).toSorted()).toEqual(Object.keys(value).toSorted());
    }),
    { numRuns: 60 },
  );
});

it('no comment ends before its line', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 40 }), (text) => {
      expect(parsedHcl(hclOf([comment(whole(text)), attribute('a', 1)]))).toEqual({ a: 1 });
    }),
    { numRuns: 80 },
  );
});

it('signs stand below one another, as terraform fmt has them', () => {
  const body = [
    attribute('a', 1),
    attribute('long', true),
    attribute('map', {
      kind: 'map',
      entries: [
        ['for', 'x'],
        ['a:b', ['y']],
      ],
    }),
    attribute('c', 'z'),
    block('empty', ['x'], []),
  ];
  expect(hclOf(body)).toBe(
    [
      'a    = 1',
      'long = true',
      'map = {',
      '  "for" = "x"',
      '  "a:b" = ["y"]',
      '}',
      'c = "z"',
      'empty "x" {}',
      '',
    ].join('\n'),
  );
});

it.each([
  ['orders-restored', 'orders_restored'],
  ['Orders.2', 'orders_2'],
  ['2026', 'table_2026'],
  ['---', 'table_'],
])('%s is labelled %s', (name, expected) => {
  const taken = new Set<string>();
  expect(label(name, taken)).toBe(expected);
  expect(label(name, taken)).toBe(`${expected}_2`);
});

it('quotes what would be an escape', () => {
  expect(hclText('a"\\$' + '{x}\u0007')).toBe(String.raw`"a\"\\$$` + String.raw`{x}\u0007"`);
});
