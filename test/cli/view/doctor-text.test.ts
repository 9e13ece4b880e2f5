import { describe, expect, it } from 'vitest';
import { doctorLines } from '../../../cli/view/doctor-text.ts';
import { advise } from '../../../shared/model/advice.ts';
import { MARKED } from '../../core/messages/marked.ts';

const FINE = { item: 'alert topic', status: 'fine', says: 'is there' } as const;

describe('what the doctor says', () => {
  it('is a line for each thing, then what to do about what is missing, what is advised and what was not seen', () => {
    const lines = doctorLines(
      [
        FINE,
        {
          item: 'function audit',
          status: 'missing',
          says: 'has never run',
          fix: advise('Deploy:', ['npm', 'run', 'deploy']),
        },
        { item: 'state table', status: 'missing', says: 'is not there' },
        { item: 'CloudTrail', status: 'advised', says: 'there is no trail', fix: advise('Make one.') },
        { item: 'hints', status: 'advised', says: 'are late' },
        { item: 'AWS Backup opt-in', status: 'unneeded', says: 'not needed', fix: advise('not told') },
        {
          item: 'tag policy',
          status: 'unknown',
          says: 'could not be seen',
          fix: advise('Ask:', ['aws', 'x']),
        },
        { item: 'policy file', status: 'unknown', says: 'is valid' },
      ],
      MARKED,
    );
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "<good:✔>  alert topic        is there
      <bad:✖>  function audit     has never run
      <bad:✖>  state table        is not there
      <warning:!>  CloudTrail         there is no trail
      <warning:!>  hints              are late
      <muted:·>  AWS Backup opt-in  not needed
      <warning:?>  tag policy         could not be seen
      <warning:?>  policy file        is valid

      <bad:2 things to fix:>

        <strong:function audit>
          Deploy:
            npm run deploy

        <strong:state table>

      <warning:Worth fixing too, though everything works without it:>

        <strong:CloudTrail>
          Make one.

      <warning:Not seen:>

        <strong:tag policy>
          Ask:
            aws x"
    `);
  });

  it('sets details between the sentence and the commands, and leaves out a command that cannot be shown', () => {
    const fix = advise('Ask for:', ['aws', 'a b'], ['aws', 'a\u202eb']);
    const lines = doctorLines(
      [{ item: 'tag policy', status: 'missing', says: 'lacks some', fix, details: ['["a"]', '  b'] }],
      MARKED,
    );
    expect(lines.slice(-5)).toEqual([
      '    Ask for:',
      '      ["a"]',
      '        b',
      "      aws 'a b'",
      '      A command with signs that cannot be shown is left out here; the command line has it with --json.',
    ]);
  });

  it('asks for nothing where nothing is missing', () => {
    expect(doctorLines([FINE], MARKED)).toEqual([
      '<good:✔>  alert topic  is there',
      '',
      '<good:Nothing is missing.>',
    ]);
  });
});
