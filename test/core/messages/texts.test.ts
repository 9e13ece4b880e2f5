import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headlineOf } from '../../../shared/core/findings/headline.ts';
import { newestText } from '../../../shared/core/findings/newest-text.ts';
import { bytesText } from '../../../shared/core/text/bytes.ts';
import { ageText, agoText, daysText, sinceText } from '../../../shared/core/text/time.ts';
import {
  capped,
  counted,
  failuresText,
  listed,
  quoted,
  singleLine,
} from '../../../shared/core/text/words.ts';
import { wrapCommand, wrapText } from '../../../shared/core/text/wrap.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { commandOf } from '../../support/advice-text.ts';
import { anyText } from '../../support/any-text.ts';
import { aFailure } from '../../support/failures.ts';
import { aRecoveryPoint, NOW } from '../../support/world.ts';

describe('time as text', () => {
  it.each([
    { ms: -HOUR_MS, text: '0 min' },
    { ms: 59 * MINUTE_MS, text: '59 min' },
    { ms: HOUR_MS, text: '1 h' },
    { ms: 26 * HOUR_MS, text: '26 h' },
    { ms: 3 * DAY_MS - 1, text: '71 h' },
    { ms: 3 * DAY_MS, text: '3 days' },
  ])('a length of $ms ms is $text', ({ ms, text }) => {
    expect(ageText(ms)).toBe(text);
  });

  it.each([
    { agoMs: 0, text: 'just now' },
    { agoMs: -DAY_MS, text: 'just now' },
    { agoMs: MINUTE_MS, text: '1 min ago' },
    { agoMs: 3 * HOUR_MS, text: '3 h ago' },
  ])('$agoMs ms ago is $text', ({ agoMs, text }) => {
    expect(agoText(NOW - agoMs, NOW)).toBe(text);
  });

  it('a moment is told in UTC, with the own zone beside it', () => {
    expect(sinceText(NOW - 3 * HOUR_MS, NOW)).toBe('2026-11-23 02:00 UTC (3 h ago)');
    expect(sinceText(NOW - 3 * HOUR_MS, NOW, 'UTC')).toBe('2026-11-23 02:00 UTC (3 h ago)');
    expect(sinceText(NOW - 3 * HOUR_MS, NOW, 'Asia/Seoul')).toBe(
      '2026-11-23 02:00 UTC (2026-11-23 11:00 Asia/Seoul, 3 h ago)',
    );
  });

  it('one day is one', () => {
    expect([daysText(1), daysText(35)]).toEqual(['1 day', '35 days']);
  });
});

describe('bytes as text', () => {
  it.each([
    { bytes: 0, text: '0 B' },
    { bytes: 999, text: '999 B' },
    { bytes: 1_000, text: '1.0 kB' },
    { bytes: 12_345_678_901, text: '12 GB' },
    { bytes: 9_940_000, text: '9.9 MB' },
    { bytes: 10_000_000, text: '10 MB' },
    { bytes: 2e18, text: '2000 PB' },
  ])('$bytes are $text', ({ bytes, text }) => {
    expect(bytesText(bytes)).toBe(text);
  });
});

describe('words of findings', () => {
  it.each([
    { name: 'no name', names: [], text: 'none' },
    { name: 'names in order', names: ['b', 'a'], text: 'a, b' },
  ])('$name', ({ names, text }) => {
    expect(listed(names)).toBe(text);
  });

  it('exactly twenty names have no rest, and one more is counted', () => {
    const names = Array.from({ length: 21 }, (_, at) => `t${at + 10}`);
    expect(listed(names.slice(0, 20))).not.toContain('more');
    expect(listed(names)).toMatch(/t29 and 1 more$/);
  });

  it('counts with the right number', () => {
    expect([counted(1, 'table'), counted(1_200, 'table'), counted(2, 'entry', 'entries')]).toEqual([
      '1 table',
      '1,200 tables',
      '2 entries',
    ]);
  });

  it("quotes a stranger's text without its line breaks, controls and marks", () => {
    expect(quoted('a\u0007"b"\r\nc\u202e')).toBe(`"a 'b' c"`);
  });

  it('never leaves a control character, whatever comes', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(singleLine(text)).not.toMatch(/[\p{C}]/u);
        expect([...capped(text, 20)].length).toBeLessThanOrEqual(20);
      }),
    );
  });

  it.each([
    { name: 'one character too long', text: 'abcdef', chars: 5, capped: 'ab...' },
    { name: 'just fitting', text: 'abcde', chars: 5, capped: 'abcde' },
    { name: 'fitting, in characters of two units', text: '😀😀😀😀😀', chars: 5, capped: '😀😀😀😀😀' },
    { name: 'too long, in characters of two units', text: '😀😀😀😀😀😀', chars: 5, capped: '😀😀...' },
    { name: 'too long, with an accent at the cut', text: 'abe\u0301defgh', chars: 6, capped: 'ab...' },
    {
      name: 'too long, with an accent before the cut',
      text: 'ae\u0301defgh',
      chars: 6,
      capped: 'ae\u0301...',
    },
    { name: 'too long, with a skin tone at the cut', text: 'ab👍🏽cdefgh', chars: 6, capped: 'ab...' },
    {
      name: 'one letter without end',
      text: `e${'\u0301'.repeat(200)}`,
      chars: 10,
      capped: `e${'\u0301'.repeat(6)}...`,
    },
  ])('cuts text that is $name', ({ text, chars, capped: shown }) => {
    expect(capped(text, chars)).toBe(shown);
  });

  it('lists three different reasons, sorted, each without its full stop', () => {
    const reasons = ['c.', 'b. And more', 'd', 'c', 'a'].map(aFailure);
    expect(failuresText(reasons)).toBe('a; b. And more; c');
  });

  it('names the newest three recovery points, of two at once the first by id', () => {
    const points = ['b', 'a', 'c'].map((id) => aRecoveryPoint({ id, name: `of-${id}` }));
    expect(newestText([...points, aRecoveryPoint({ name: 'newest', createdAt: NOW })])).toBe(
      'newest of 2026-11-23 05:00 UTC, of-a of 2026-11-23 03:01 UTC, of-b of 2026-11-23 03:01 UTC',
    );
  });

  it.each([
    { finding: { kind: 'pitr-off', table: 'Orders' } as const, text: 'PITR off on Orders' },
    {
      finding: { kind: 'recovery-point-overdue', table: 'Orders', policy: 'standard' } as const,
      text: 'recovery point overdue on Orders (standard)',
    },
    {
      finding: { kind: 'expiries-failing', policy: 'standard' } as const,
      text: 'expiries failing (standard)',
    },
    { finding: { kind: 'coverage-dropped' } as const, text: 'coverage dropped' },
    { finding: { kind: 'backup-stuck', table: 'Orders' } as const, text: 'backup stuck on Orders' },
    { finding: { kind: 'guardrail-refusal' } as const, text: 'expiry held back by the guardrail' },
    { finding: { kind: 'hold-unclear', table: 'Orders' } as const, text: 'hold unclear on Orders' },
    { finding: { kind: 'mute-refused', table: 'Orders' } as const, text: 'mute refused on Orders' },
    {
      finding: { kind: 'unscheduled-recovery-points', table: 'Orders', policy: 'standard' } as const,
      text: 'unscheduled recovery points on Orders (standard)',
    },
    { finding: { kind: 'table-deleted', table: 'Orders' } as const, text: 'table deleted: Orders' },
    { finding: { kind: 'table-inaccessible', table: 'Orders' } as const, text: 'table inaccessible: Orders' },
    { finding: { kind: 'muted', table: 'Orders' } as const, text: 'muted on Orders' },
    {
      finding: { kind: 'pitr-repair-failing', table: 'Orders' } as const,
      text: 'PITR repair failing on Orders',
    },
    {
      finding: { kind: 'pitr-window-restarted', table: 'Orders' } as const,
      text: 'PITR window restarted on Orders',
    },
    { finding: { kind: 'unknown-policy', table: 'Orders' } as const, text: 'unknown policy on Orders' },
    {
      finding: { kind: 'recovery-points-without-policy', table: 'Orders' } as const,
      text: 'recovery points without a policy on Orders',
    },
    {
      finding: { kind: 'observation-gap', count: 2, cause: '3 of Get: x' } as const,
      text: 'reading failing: 2 findings: 3 of Get: x',
    },
    {
      finding: { kind: 'observation-gap', count: 3 } as const,
      text: 'reading failing: 3 findings',
    },
    {
      finding: {
        kind: 'backups-failing',
        count: 300,
        tables: 200,
        cause: 'CreateBackup: ThrottlingException',
        errorName: 'ThrottlingException',
        flapping: true,
      } as const,
      text: 'backups failing on 200 tables, flapping: ThrottlingException',
    },
  ])('a headline: $text', ({ finding, text }) => {
    expect(headlineOf(finding)).toBe(text);
  });
});

describe('wrapping', () => {
  it('breaks between words at 76 characters and keeps every word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^\S{1,90}$/), { maxLength: 60 }), (words) => {
        const lines = wrapText(words.join(' '), '   ');
        expect(lines.join(' ').split(/\s+/).filter(Boolean)).toEqual(
          words.join(' ').split(/\s+/).filter(Boolean),
        );
        expect(lines.every((line) => line.length <= 76 || !line.trim().includes(' '))).toBe(true);
        expect(lines.every((line) => line === line.trimEnd())).toBe(true);
      }),
    );
  });

  it('breaks a command so that it can be pasted', () => {
    const command = `aws dynamodb describe-table --region eu-central-1 --table-name ${'T'.repeat(40)}`;
    expect(wrapCommand(commandOf(command), '  ')).toEqual([
      '  aws dynamodb describe-table --region eu-central-1 --table-name \\',
      `    ${'T'.repeat(40)}`,
    ]);
  });

  it('breaks no command within the quotes of a word', () => {
    const value = `Key=our ${'very '.repeat(20)}tag,Value=x`;
    expect(wrapCommand(['aws', '--tags', value])).toEqual(['aws --tags \\', `  '${value}'`]);
  });

  it('breaks no line that an older version wrote', () => {
    const line = `aws dynamodb ${'describe-table '.repeat(10)}`;
    expect(wrapCommand([line])).toEqual([line]);
  });
});
