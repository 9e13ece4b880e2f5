import { describe, expect, it } from 'vitest';
import { fixFor, settingOf } from '../../../shared/core/policy/differences.ts';
import { explain } from '../../../shared/core/policy/explain.ts';
import { syntaxMistake } from '../../../shared/core/policy/syntax.ts';

describe('what to write', () => {
  it.each([
    { path: ['tag'], fix: 'Write the key of a tag, such as backup:policy.' },
    { path: ['tag', 'deeper', 'still'], fix: 'Write the key of a tag, such as backup:policy.' },
    { path: ['policies', 'any', 'rpo'], fix: 'Write a duration with its unit, such as 48h, 7d, 2w or 1y6m.' },
    {
      path: ['nowhere'],
      fix: 'Write settings by name: tag, timezone, guardrail, digest, drills, deletedVaults and policies.',
    },
    {
      path: [],
      fix: 'Write settings by name: tag, timezone, guardrail, digest, drills, deletedVaults and policies.',
    },
  ])('at $path', ({ path, fix }) => {
    expect(fixFor(path)).toBe(fix);
  });

  it('is the same for every policy', () => {
    expect(settingOf(['policies', 'standard', 'rpo'])).toBe('policies.*.rpo');
    expect(settingOf(['guardrail', 'floor'])).toBe('guardrail.floor');
    expect(settingOf(['policies', 'a', 'copyTo', 1, 'vault'])).toBe('policies.*.copyTo.*.vault');
  });
});

describe('a break in the syntax', () => {
  const said = (code: string, rest: string) => syntaxMistake({ code, message: 'the parser says', rest });

  it.each([
    { code: 'DUPLICATE_KEY', rest: 'tag: b', what: 'tag stands here twice.' },
    { code: 'DUPLICATE_KEY', rest: '"tag": b', what: 'tag stands here twice.' },
    { code: 'DUPLICATE_KEY', rest: ': tag', what: 'This key stands here twice.' },
    { code: 'BAD', rest: '* * * * *', what: 'A value that begins with * needs quotes.' },
    { code: 'BAD', rest: '*/5 * * * *', what: 'A value that begins with * needs quotes.' },
    { code: 'BAD', rest: '*', what: 'A value that begins with * needs quotes.' },
    { code: 'BAD', rest: '*anchor', what: 'This is not YAML: the parser says.' },
    { code: 'BAD', rest: 'a * b', what: 'This is not YAML: the parser says.' },
    { code: 'BAD', rest: 'a*', what: 'This is not YAML: the parser says.' },
    { code: 'TAB_AS_INDENT', rest: '\ta', what: 'This line is indented with a tab.' },
  ])('$code at $rest', ({ code, rest, what }) => {
    expect(said(code, rest)).toMatchObject({ what, path: [] });
  });
});

describe('an issue of the schema', () => {
  const content = { policies: { engine: 'aws-backup', list: [1], none: null } };

  it.each([
    {
      path: ['policies', 'none', 'schedule'],
      code: 'policies-missing',
      what: 'The policy none has no schedule.',
    },
    {
      path: ['policies', 'list', 'retention'],
      code: 'policies-missing',
      what: 'The policy list has no retention.',
    },
    { path: ['policies', 'toString'], code: 'policies-missing', what: 'policies has no toString.' },
    { path: ['policies', 'none'], code: 'policies-value', what: 'The policy none cannot be empty.' },
    { path: ['tag'], code: 'policies-missing', what: 'The file has no tag.' },
  ])('at $path', ({ path, code, what }) => {
    expect(explain({ code: 'invalid_type', path }, content)).toMatchObject([{ code, what, path }]);
  });

  it('without keys is none', () => {
    expect(explain({ code: 'unrecognized_keys', path: [] }, content)).toEqual([]);
  });
});
