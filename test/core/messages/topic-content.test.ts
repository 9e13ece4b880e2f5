import { describe, expect, it } from 'vitest';
import { renderSlackMessage } from '../../../shared/core/messages/slack/message.ts';
import { topicContent } from '../../../shared/core/messages/topic-content.ts';
import { advise, followedBy } from '../../../shared/model/advice.ts';
import { anOpenFinding, NOW } from '../../support/world.ts';
import { anAlert, textsOf } from './slack/parts.ts';

type Fields = Readonly<Record<string, unknown>>;

const kindOf = (document: unknown): string => topicContent(JSON.stringify(document)).kind;

const FINDING: Fields = {
  ...anOpenFinding({ policy: 'standard', cause: 'x', toldSeverity: 'info', resolvedAt: NOW }),
  count: 3,
  tables: 2,
};
const LEFT_OUT: Fields = { kind: 'opened', severity: 'info', count: 2 };
const ALERT: Fields = {
  ...anAlert({ timezone: 'Asia/Seoul', logLink: 'https://logs.example' }),
  opened: [FINDING],
  leftOut: [LEFT_OUT],
};
const { accountId, region } = anAlert().target;

const alertKind = (changes: Fields): string =>
  kindOf({ version: 1, subject: 's', alert: { ...ALERT, ...changes } });

describe('an alert on the topic', () => {
  it('is known where it is whole, with all that it may lack or without', () => {
    expect(alertKind({})).toBe('alert');
    expect(alertKind({ timezone: undefined, runId: undefined, logLink: undefined })).toBe('alert');
  });

  it('is known where another version said more of it, or less that nobody reads here', () => {
    const { measured: _, promised: _promised, ...finding } = { measured: 1, promised: 1, ...FINDING };
    expect(alertKind({ later: { a: 1 }, opened: [{ ...finding, later: [1] }] })).toBe('alert');
  });

  it.each(['instance', 'target', 'sentAt', 'opened', 'worsened', 'reminders', 'resolved', 'leftOut'])(
    'is shown as it came without its %s, and where that is odd',
    (field) => {
      expect(alertKind({ [field]: undefined })).toBe('text');
      expect(alertKind({ [field]: true })).toBe('text');
    },
  );

  it.each<{ name: string; changes: Fields }>([
    { name: 'it has no account', changes: { target: { region } } },
    { name: 'it has no Region', changes: { target: { accountId } } },
    { name: 'its run is no text', changes: { runId: 7 } },
    { name: 'its link is no text', changes: { logLink: 7 } },
    { name: 'its zone is no text', changes: { timezone: 7 } },
    { name: 'its zone is none', changes: { timezone: 'Mars/Base' } },
    { name: 'it was sent when no date is', changes: { sentAt: 8_640_000_000_000_001 } },
    { name: 'a finding is a list', changes: { resolved: [[]] } },
    { name: 'what was left out is nothing', changes: { leftOut: [null] } },
  ])('is shown as it came where $name', ({ changes }) => {
    expect(alertKind(changes)).toBe('text');
  });

  it.each(['id', 'kind', 'fact', 'advice', 'severity', 'since'])(
    'is shown as it came where a finding has no %s, or an odd one',
    (field) => {
      expect(alertKind({ opened: [FINDING, { ...FINDING, [field]: undefined }] })).toBe('text');
      expect(alertKind({ opened: [{ ...FINDING, [field]: true }] })).toBe('text');
    },
  );

  it.each(['table', 'policy', 'cause', 'count', 'tables', 'toldSeverity', 'openedAt', 'resolvedAt'])(
    'is shown as it came where a finding has an odd %s, which it may lack',
    (field) => {
      expect(alertKind({ worsened: [{ ...FINDING, [field]: undefined }] })).toBe('alert');
      expect(alertKind({ worsened: [{ ...FINDING, [field]: true }] })).toBe('text');
    },
  );

  it.each([{ count: 0 }, { count: -1 }, { count: 1.5 }, { tables: 0 }])(
    'is shown as it came where a finding stands for %j',
    (odd) => {
      expect(alertKind({ opened: [{ ...FINDING, ...odd }] })).toBe('text');
    },
  );

  it.each([{ kind: 'unheard' }, { severity: 'bad' }, { count: 1.5 }, { count: undefined }])(
    'is shown as it came where it left out what is %j',
    (odd) => {
      expect(alertKind({ leftOut: [LEFT_OUT, { ...LEFT_OUT, ...odd }] })).toBe('text');
    },
  );

  it('that version 0.1.0 published is shown with its commands as they are', () => {
    const advice = "Look:\n  aws x --tags 'Key=a b'\nThis is for T, as an example. All:\n  tablekeeper plan";
    const text = JSON.stringify({
      version: 1,
      subject: 's',
      alert: { ...ALERT, opened: [{ ...FINDING, advice }] },
    });
    const content = topicContent(text);
    expect(content.kind === 'alert' && content.document.alert.opened[0]?.advice).toEqual(
      followedBy(
        advise('Look:', ["aws x --tags 'Key=a b'"]),
        advise('This is for T, as an example. All:', ['tablekeeper plan']),
      ),
    );
    const page = textsOf(renderSlackMessage({ subject: 's', text }).rich).join('\n');
    expect(page).toContain(
      "Look:\n```\naws x --tags 'Key=a b'\n```\nThis is for T, as an example. All:\n```\ntablekeeper plan\n```",
    );
  });

  it('is known by its version and subject', () => {
    expect(kindOf({ version: 1, subject: 's', alert: ALERT })).toBe('alert');
    expect(kindOf({ version: 2, subject: 's', alert: ALERT })).toBe('text');
    expect(kindOf({ version: 1, subject: 7, alert: ALERT })).toBe('text');
  });
});

describe('a digest on the topic', () => {
  const SECTION: Fields = { title: 'in short', severity: 'info', lines: ['a'] };
  const digestKind = (section: unknown): string =>
    kindOf({ version: 1, subject: 's', digest: { ...anAlert(), sections: [SECTION, section] } });

  it.each<{ name: string; section: unknown; is: string }>([
    { name: 'whole', section: SECTION, is: 'digest' },
    { name: 'of no severity', section: { ...SECTION, severity: undefined }, is: 'digest' },
    { name: 'of another severity', section: { ...SECTION, severity: 'bad' }, is: 'text' },
    { name: 'without a title', section: { ...SECTION, title: undefined }, is: 'text' },
    { name: 'without lines', section: { ...SECTION, lines: undefined }, is: 'text' },
    { name: 'with a line that is no text', section: { ...SECTION, lines: ['a', 7] }, is: 'text' },
    { name: 'nothing', section: null, is: 'text' },
  ])('is read as $is where a part of it is $name', ({ section, is }) => {
    expect(digestKind(section)).toBe(is);
  });
});

describe('an alarm of CloudWatch on the topic', () => {
  it('is known by its name and state, and keeps of the rest what is text', () => {
    const alarm = { AlarmName: 'a', NewStateValue: 'OK', Region: 'EU (Frankfurt)', NewStateReason: 7 };
    expect(topicContent(JSON.stringify(alarm))).toEqual({
      kind: 'alarm',
      alarm: { name: 'a', state: 'OK', region: 'EU (Frankfurt)' },
    });
    expect(kindOf({ ...alarm, AlarmName: undefined })).toBe('text');
    expect(kindOf({ ...alarm, NewStateValue: 7 })).toBe('text');
  });
});

it.each(['', '{', 'null', '[]', '"a"', '7', 'Hello'])('%s on the topic is text', (text) => {
  expect(topicContent(text)).toEqual({ kind: 'text' });
});
