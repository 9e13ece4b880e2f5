import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { UserErrors } from '../../../shared/model/errors.ts';

const RULES = '{ schedule: "0 3 * * *", retention: { daily: 7 } }';

const named = (...names: readonly string[]): string =>
  `policies:\n${names.map((name) => `  ${name}: ${RULES}\n`).join('')}`;

const messagesOf = (text: string): readonly string[] => {
  try {
    loadPolicies(text, 'f');
    return [];
  } catch (error) {
    if (error instanceof UserErrors) return error.errors.map(({ message }) => message);
    throw error;
  }
};

const namesIn = (text: string): readonly string[] => loadPolicies(text, 'f').policies.map(({ name }) => name);

describe('a name of a policy', () => {
  it.each([
    ...['2024', '007', '1e3', '0x10', '0o17', 'null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n'],
    ...['2024-01-01', '"2024"', "'null'", '&anchor a1'],
  ])('is what is written: %s', (name) => {
    expect(namesIn(named(name))).toEqual([name.replaceAll(/["']|&anchor /g, '')]);
  });

  it.each([
    'True',
    'TRUE',
    'Null',
    '~',
    '1_000',
    '1.0',
    '1E3',
    '.inf',
    '.NaN',
    '+1',
    '-1',
    '<<',
    '2024-01-01T00:00:00Z',
  ])('is refused as it is written, with its place and what to write: %s', (name) => {
    expect(messagesOf(named(name))).toEqual([
      `f:2:3: "${name}" cannot name a policy: the name stands in backup names and in tags. Write up to 48 of a–z, 0–9 and inner hyphens, such as standard.`,
    ]);
  });

  it('is not another that reads as the same number', () => {
    expect(namesIn(named('1', '01', '001', '1e0'))).toEqual(['001', '01', '1', '1e0']);
  });

  it.each([
    { one: '2024', other: '"2024"', says: '2024' },
    { one: 'null', other: "'null'", says: 'null' },
    { one: 'true', other: '"true"', says: 'true' },
  ])('stands once, in quotes or not: $one and $other', ({ one, other, says }) => {
    expect(messagesOf(named(one, other))).toEqual([`f:3:3: ${says} stands here twice. Keep one of them.`]);
  });

  it.each([`%YAML 1.1\n---\n${named('yes')}`, `%YAML 1.1\n---\n${named('012')}`])(
    'is what is written, whatever version of YAML the file claims',
    (text) => {
      expect(namesIn(text)).toEqual([text.includes('yes') ? 'yes' : '012']);
    },
  );

  it('is never merged from somewhere else', () => {
    const merged = `%YAML 1.1\n---\npolicies:\n  a1: ${RULES}\n  <<: { b1: ${RULES} }\n`;
    expect(messagesOf(merged).join('\n')).toContain('"<<" cannot name a policy');
  });
});

describe('a value', () => {
  it.each([
    {
      top: 'tag: 2024',
      says: '1:6: The tag 2024 is read as a number here. Write it in quotes if that is its key: tag: "2024".',
    },
    {
      top: 'tag: 007',
      says: '1:6: The tag 007 is read as a number here. Write it in quotes if that is its key: tag: "007".',
    },
    {
      top: 'tag: True',
      says: '1:6: The tag True is read as a yes or no here. Write it in quotes if that is its key: tag: "True".',
    },
    { top: 'tag: null', says: '1:1: tag cannot be empty. Write the key of a tag, such as backup:policy.' },
    {
      top: 'timezone: ~',
      says: '1:1: timezone cannot be empty. Write an IANA zone, such as Europe/Berlin or UTC.',
    },
    { top: 'guardrail: { floor: 0x10 }', says: '1:21: 0x10 is read as 16 here. Write 16.' },
    { top: 'guardrail: { floor: 007 }', says: '1:21: 007 is read as 7 here. Write 7.' },
    { top: 'guardrail: { floor: 1e1 }', says: '1:21: 1e1 is read as 10 here. Write 10.' },
    {
      top: 'guardrail: { maxShare: 50 }',
      says: '1:24: guardrail.maxShare cannot be 50. Write a share over 0 and up to 1, such as 0.5.',
    },
  ])('is what is written, or is refused: $top', ({ top, says }) => {
    expect(messagesOf(`${top}\n${named('a1')}`)).toEqual([`f:${says}`]);
  });

  it.each(['tag: yes', 'tag: on', 'tag: "2024"'])('that is text stays text: %s', (top) => {
    const { tag } = loadPolicies(`${top}\n${named('a1')}`, 'f');
    expect(tag).toBe(top.slice('tag: '.length).replaceAll('"', ''));
  });
});

describe('the key of the tag that tables opt in with', () => {
  it.each([
    ...[
      'Backup:Hold',
      'BACKUP:HOLD',
      'backup:hold ',
      ' backup:hold',
      'backup: hold',
      'ｂackup:hold',
      'backup_hold',
      'Hold',
    ].map((tag) => ({
      tag,
      says: 'is read as backup:hold, the tag that stops expiry. Choose another, such as backup:policy.',
    })),
    ...['Backup:Mute-Until', 'backup:mute-until ', 'BACKUP:MUTE-UNTIL', 'backup_mute_until'].map((tag) => ({
      tag,
      says: 'is read as backup:mute-until, the tag that mutes a table. Choose another, such as backup:policy.',
    })),
    ...['aws:backup', 'AWS:backup', 'aWs:x', 'a#b', 'a\tb', 'a*b', 'x'.repeat(129)].map((tag) => ({
      tag,
      says: 'cannot be the key of a tag.',
    })),
    ...[' team', 'team '].map((tag) => ({ tag, says: 'begins or ends with a space' })),
  ])('is refused where it has another meaning or is no key: $tag', ({ tag, says }) => {
    const messages = messagesOf(`tag: ${JSON.stringify(tag)}\n${named('a1')}`);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^f:1:6: /);
    expect(messages[0]).toContain(says);
  });

  it.each([
    { tag: 'backup:hold', says: 'The tag backup:hold already stops expiry.' },
    { tag: 'backup:mute-until', says: 'The tag backup:mute-until already mutes a table.' },
    {
      tag: 'backup:smaller-since',
      says: 'The tag backup:smaller-since already says that a table is meant to be smaller.',
    },
    { tag: 'Backup-Smaller_Since', says: 'is read as backup:smaller-since' },
    { tag: 'backup:hоld', says: 'is read as backup:hold' },
    { tag: 'backup:hodl', says: 'is read as backup:hold' },
  ])('$tag: $says', ({ tag, says }) => {
    expect(messagesOf(`tag: ${tag}\n${named('a1')}`).join()).toContain(says);
  });

  it.each([
    'backup:policy',
    'Backup',
    'team/backup',
    'Sicherung öffnen',
    'backup:holder',
    'until',
    'x'.repeat(128),
  ])('may be %s', (tag) => {
    expect(messagesOf(`tag: ${JSON.stringify(tag)}\n${named('a1')}`)).toEqual([]);
  });
});
