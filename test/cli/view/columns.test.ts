import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainPaint, severityTone, verdictTone } from '../../../cli/view/colour.ts';
import { columns } from '../../../cli/view/columns.ts';
import { paragraph } from '../../../cli/view/paragraph.ts';
import { MARKED } from '../../core/messages/marked.ts';

const pipe = { paint: plainPaint };
const terminal = (width: number) => ({ paint: plainPaint, width });

describe('columns', () => {
  it('are as wide as their longest cell', () => {
    expect(
      columns(
        [
          ['a', 'x'],
          ['abc', 'y'],
        ],
        '  ',
        pipe,
      ),
    ).toEqual(['  a    x', '  abc  y']);
  });

  it('keep their places under colours', () => {
    const rows = [
      [{ text: 'a', tone: 'good' as const }, 'x'],
      ['abc', { text: 'y', tone: 'bad' as const }],
    ];
    expect(columns(rows, '', MARKED)).toEqual(['<good:a>    x', 'abc  <bad:y>']);
  });

  it('have no tone where there is no text', () => {
    expect(
      columns(
        [
          [{ text: '', tone: 'good' }, 'x'],
          ['abc', { text: '', tone: 'bad' }],
        ],
        '',
        MARKED,
      ),
    ).toEqual(['     x', 'abc']);
  });

  it('are as many as in the longest row', () => {
    expect(
      columns(
        [
          ['a', 'b', 'x'],
          ['abc', 'y'],
        ],
        '',
        pipe,
      ),
    ).toEqual(['a    b  x', 'abc  y']);
  });

  it.each([
    { length: 40, pad: 40 },
    { length: 41, pad: 1 },
  ])('make room for a name of $length characters or let it stand out', ({ length, pad }) => {
    expect(
      columns(
        [
          ['n'.repeat(length), 'x'],
          ['a', 'y'],
        ],
        '',
        pipe,
      )[1],
    ).toBe(`${'a'.padEnd(pad)}  y`);
  });

  it.each([
    { widths: [40, 2], hang: 48 },
    { widths: [40, 3], hang: 6 },
  ])('of $widths characters go on $hang characters from the left', ({ widths, hang }) => {
    const cells = widths.map((width) => 'n'.repeat(width));
    const [, next] = columns(
      [[...cells, 'one two three four five six seven eight nine']],
      '  ',
      terminal(80),
    );
    expect(next).toMatch(new RegExp(`^ {${hang}}\\w`));
  });

  it('let a long name stand in full and move only its own row', () => {
    const name = 'n'.repeat(255);
    expect(
      columns(
        [
          ['a', 'x'],
          [name, 'y'],
          ['abc', 'z'],
        ],
        '',
        pipe,
      ),
    ).toEqual(['a    x', `${name}  y`, 'abc  z']);
  });

  it('break the last column where the screen ends, under its beginning', () => {
    expect(columns([['table', 'one two three four five six seven eight']], '  ', terminal(36))).toEqual([
      '  table  one two three four five six',
      '         seven eight',
    ]);
  });

  it('go on in the next line where a long name has left no room', () => {
    const lines = columns([['n'.repeat(60), 'why it is so']], '  ', terminal(64));
    expect(lines).toEqual(
      [`  ${'n'.repeat(60)}`, '      why it is so'].map((line) => expect.stringContaining(line.trim())),
    );
    expect(lines).toHaveLength(2);
  });

  it('are one line where a long name has left no room, and there is nothing more to say', () => {
    expect(columns([['n'.repeat(60), '']], '  ', terminal(40))).toEqual([`  ${'n'.repeat(60)}`]);
  });

  it('leave no line empty between two words that are longer than the screen', () => {
    const words = ['x'.repeat(50), 'y'.repeat(50)];
    expect(columns([['a', words.join(' ')]], '', terminal(30))).toEqual([
      'a',
      ...words.map((word) => `   ${word}`),
    ]);
  });

  it('hold no control characters, and nothing comes of no rows', () => {
    expect(columns([['a\u001b[2J', 'b\nc']], '', pipe)).toEqual(['a [2J  b c']);
    expect(columns([], '  ', pipe)).toEqual([]);
  });

  it('take as many rows as an account has recovery points', { tags: ['timed'] }, () => {
    const rows = Array.from({ length: 250_000 }, (_, index) => [`table-${index % 10}`, 'why']);
    expect(columns(rows, '', pipe)).toHaveLength(250_000);
  });

  const cell = fc.string({ maxLength: 60 });
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 6 });

  it('never lose a word, whatever the width', () => {
    fc.assert(
      fc.property(rows, fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }), (given, width) => {
        const screen = width === undefined ? pipe : terminal(width);
        const words = (text: string) => text.split(/[\p{C}\p{Z}]+/u).filter((word) => word !== '');
        expect(words(columns(given, '  ', screen).join(' '))).toEqual(words(given.flat().join(' ')));
      }),
    );
  });

  it('are one line a row in a pipe, however long', () => {
    fc.assert(
      fc.property(rows, (given) => {
        expect(columns(given, '', pipe)).toHaveLength(given.length);
      }),
    );
  });
});

describe('a paragraph', () => {
  it.each([
    {
      name: 'is broken between words',
      text: 'one two three four five six seven',
      width: 30,
      lines: ['  one two three four five six', '  seven'],
    },
    {
      name: 'keeps a word that is longer than the screen',
      text: `see ${'x'.repeat(50)}`,
      width: 30,
      lines: ['  see', `  ${'x'.repeat(50)}`],
    },
    {
      name: 'is broken on every line that is full',
      text: 'aa '.repeat(17),
      width: 26,
      lines: ['  aa aa aa aa aa aa aa aa', '  aa aa aa aa aa aa aa aa', '  aa'],
    },
    {
      name: 'is broken where there are 24 characters of room',
      text: 'one two three four five six',
      width: 26,
      lines: ['  one two three four five', '  six'],
    },
    {
      name: 'begins with a word that is longer than the screen',
      text: `${'x'.repeat(50)} ${'y'.repeat(50)}`,
      width: 30,
      lines: [`  ${'x'.repeat(50)}`, `  ${'y'.repeat(50)}`],
    },
    {
      name: 'is one line on a screen that has no room',
      text: 'one two three four five six',
      width: 25,
      lines: ['  one two three four five six'],
    },
    { name: 'is no line without text', text: ' ', width: 80, lines: [] },
  ])('$name', ({ text, width, lines }) => {
    expect(paragraph(text, '  ', terminal(width))).toEqual(lines);
  });
});

describe('tones', () => {
  it('say how bad it is', () => {
    expect((['critical', 'warning', 'info'] as const).map(severityTone)).toEqual(['bad', 'warning', 'muted']);
    expect((['protected', 'at-risk', 'unprotected', 'unknown'] as const).map(verdictTone)).toEqual([
      'good',
      'warning',
      'bad',
      'warning',
    ]);
  });
});
