import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapCommand } from '../../shared/core/text/wrap.ts';
import { commandText, isShown, shellWords } from '../../shared/model/shell.ts';
import { anyText } from '../support/any-text.ts';

/** A piece of a word: in quotes, after a backslash, or of signs that a shell takes as they are wherever they stand. A space ends the word. */
const PIECE = /'(?<quoted>[^']*)'|\\(?<escaped>[\s\S])|(?<plain>[^\s'\\|&;<>()$`"*?[\]#~{}!^]+)|(?<end> )/gy;

/** The words of a line by the quoting rules of POSIX, for a line in which nothing else is special; throws for any other. */
const posixWords = (line: string): readonly string[] => {
  const words = [''];
  let read = 0;
  for (const { 0: piece, groups: { quoted, escaped, plain, end } = {} } of line.matchAll(PIECE)) {
    read += piece.length;
    if (end === undefined) words.push(`${words.pop()}${quoted ?? escaped ?? plain}`);
    else words.push('');
  }
  if (read < line.length) throw new Error(`${line.slice(read)} is not quoted`);
  return words;
};

const ODD = [
  'our backups',
  "Bob's",
  '"quoted"',
  '$HOME',
  '$(id)',
  '`id`',
  'a\\b',
  '',
  ' ',
  '*',
  '~',
  '#no',
  '!!',
  'a;b',
  'a&b',
  'a|b',
  '<in>',
  '=x',
  '-x',
  "'",
  "''",
  'ü',
  'a\u00a0b',
  'two\nlines',
  '{a,b}',
  '[a]',
];

describe('a command for a shell', () => {
  it('is read by the rules of POSIX as just its words', () => {
    const words = fc.array(fc.oneof(anyText({ maxLength: 30 }), fc.constantFrom(...ODD)), {
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(words, (command) => {
        expect(posixWords(commandText(command))).toEqual(command);
      }),
    );
  });

  it('is read so by sh itself', () => {
    const line = commandText(['printf', '%s\\0', ...ODD]);
    const read = execFileSync('sh', ['-c', line], { encoding: 'utf8' }).split('\0').slice(0, -1);
    expect(read).toEqual(ODD);
  });

  it('is read so by sh over all the lines of a mail', () => {
    const lines = wrapCommand(['printf', '%s\\0', ...ODD, 'x'.repeat(80), ...ODD], '    ');
    const read = execFileSync('sh', ['-c', lines.join('\n')], { encoding: 'utf8' })
      .split('\0')
      .slice(0, -1);
    expect(lines.length).toBeGreaterThan(2);
    expect(read).toEqual([...ODD, 'x'.repeat(80), ...ODD]);
  });

  it.each([
    'aws dynamodb describe-table --region eu-central-1 --table-name my_table.v2-x',
    'aws dynamodb tag-resource --tags Key=backup:policy,Value=archive+critical=none',
    'aws ssm put-parameter --name /tablekeeper/slack --value file://FILE',
    'aws sns subscribe --notification-endpoint you@example.com',
  ])('has quotes only where it needs them: %s', (line) => {
    expect(commandText(line.split(' '))).toBe(line);
  });

  it('is shown as it is where an older version wrote it as one line', () => {
    expect(shellWords(["aws x --tags 'Key=a b'"])).toEqual(["aws x --tags 'Key=a b'"]);
  });

  it.each([
    { words: ['aws', 'our backups', 'ü'], is: true },
    { words: ['aws', 'two\nlines'], is: false },
    { words: ['aws', 'a\u202eb'], is: false },
    { words: ['aws', 'a\u00adb'], is: false },
    { words: ['aws', 'a\u3164b'], is: false },
    { words: ['aws\u001b[2J x'], is: false },
  ])('that holds $words is seen whole: $is', ({ words, is }) => {
    expect(isShown(words)).toBe(is);
  });
});
