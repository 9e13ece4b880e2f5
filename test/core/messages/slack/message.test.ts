import { describe, expect, it } from 'vitest';
import { renderSlackMessage } from '../../../../shared/core/messages/slack/message.ts';
import { slackCode, slackProse, truncate } from '../../../../shared/core/messages/slack/text.ts';
import { slackWhere } from '../../../../shared/core/messages/slack/where.ts';
import { type Advice, advise, followedBy } from '../../../../shared/model/advice.ts';
import type { Severity } from '../../../../shared/model/finding.ts';
import { DAY_MS } from '../../../../shared/model/instant.ts';
import { anOpenFinding, INSTANCE, NOW, TARGET } from '../../../support/world.ts';
import { blocksOf, slackOf, textsOf } from './parts.ts';

describe('an alarm of CloudWatch in Slack', () => {
  it('of which nothing but name and state is known is shown with these', () => {
    const text = JSON.stringify({ AlarmName: 'errors', NewStateValue: 'ALARM', AlarmDescription: ' ' });
    const { rich, plain } = renderSlackMessage({ subject: 'x', text });
    expect(textsOf(rich)).toEqual(['ALARM: errors', 'ALARM: errors', 'ALARM: errors', 'CloudWatch alarm']);
    expect(plain.text).toBe('ALARM: errors\nCloudWatch alarm');
  });
});

describe('any text in Slack', () => {
  const shownOf = (lines: readonly string[]) => {
    const { rich, plain } = renderSlackMessage({ subject: 'x', text: lines.join('\n') });
    return { rich: textsOf(rich).at(-1)?.split('\n') ?? [], plain: plain.text.split('\n') };
  };

  const REST = 'And 1 more line: see the mail.';

  it.each([
    { count: 29, form: 'rich', shown: 29, rest: false },
    { count: 30, form: 'rich', shown: 29, rest: true },
    { count: 33, form: 'plain', shown: 33, rest: false },
    { count: 34, form: 'plain', shown: 33, rest: true },
  ] as const)(
    'shows $shown of $count lines of 99 characters where it is $form',
    ({ count, form, shown, rest }) => {
      const lines = shownOf(Array(count).fill('y'.repeat(99)))[form];
      expect(lines.filter((line) => line.startsWith('yyy'))).toHaveLength(shown);
      expect(lines.includes(REST)).toBe(rest);
    },
  );

  it('ends without empty lines', () => {
    expect(shownOf(['a', '', '']).plain).toEqual(['x', 'a']);
  });
});

describe('a finding in Slack', () => {
  const told = { since: NOW - DAY_MS, fact: 'It is off.' };
  const sectionOf = (advice: Advice) =>
    textsOf(slackOf({ opened: [anOpenFinding({ ...told, advice })] }).rich).at(-1);
  const framed = (shown: string) =>
    `*PITR off on Orders*\nIt is off.\nSince 2026-11-22 05:00 UTC (24 h ago)\n${shown}\n\`pitr-off/Orders\``;
  const block = (...commands: readonly string[]) => ['```', ...commands, '```'].join('\n');

  it.each([
    {
      name: 'sentences, commands, and a sentence again',
      advice: followedBy(
        advise('Look.'),
        advise('Do:', ['aws', 'one'], ['aws', 'two']),
        advise('Or:', ['aws', 'three']),
      ),
      shown: `Look.\nDo:\n${block('aws one', 'aws two')}\nOr:\n${block('aws three')}`,
    },
    {
      name: 'a command of 800 characters, and no longer one',
      advice: advise('Do:', ['aws', 'x'.repeat(796)]),
      shown: `Do:\n${block('aws \\', `  ${'x'.repeat(796)}`)}`,
    },
    {
      name: 'two commands, one of which is too long',
      advice: advise('Do:', ['aws', 'one'], ['aws', 'x'.repeat(797)]),
      shown: 'Do:\nWhat to do is in the mail.',
    },
    {
      name: 'a command with marks of code, which Slack shows otherwise',
      advice: advise('Do:', ['aws', '`b`']),
      shown: 'Do:\nWhat to do is in the mail.',
    },
    {
      name: 'a command that would call somebody',
      advice: advise('Do:', ['aws', 'team@here']),
      shown: 'Do:\nWhat to do is in the mail.',
    },
    {
      name: 'a command with a sign that nobody sees',
      advice: advise('Do:', ['aws', 'a\u200bb']),
      shown: 'Do:\nWhat to do is in the mail.',
    },
    {
      name: 'words in quotes, which stay on one line',
      advice: advise('Do:', ['aws', `${'x '.repeat(30)}$(rm)`, '--and', 'y'.repeat(30)]),
      shown: `Do:\n${block(`aws '${'x '.repeat(30)}$(rm)' \\`, `  --and ${'y'.repeat(30)}`)}`,
    },
  ])('has its advice as it is meant: $name', ({ advice, shown }) => {
    expect(sectionOf(advice)).toBe(framed(shown));
  });

  it('without a fact has no empty line', () => {
    const { rich } = slackOf({ opened: [anOpenFinding({ ...told, fact: ' ', advice: advise('Look.') })] });
    expect(textsOf(rich).at(-1)).toBe(framed('Look.').replace('\nIt is off.', ''));
  });

  it('stands in text that Slack takes word for word, under a title without pictures', () => {
    const [header, ...others] = blocksOf(slackOf({ opened: [anOpenFinding()] }).rich);
    const texts = others.flatMap((one): readonly object[] =>
      one.type === 'context' ? one.elements : [one.text],
    );
    expect(header).toMatchObject({ text: { type: 'plain_text', emoji: false } });
    expect(texts).toHaveLength(3);
    for (const text of texts) expect(text).toMatchObject({ type: 'mrkdwn', verbatim: true });
  });

  it('takes the room of a heading with it where it is the first of its kind and severity', () => {
    const many = (kind: string, severity: Severity) =>
      Array.from({ length: 20 }, (_, at) => anOpenFinding({ id: `${kind}/${severity}${at}`, severity }));
    const { rich } = slackOf({
      opened: [...many('opened', 'critical'), ...many('opened', 'warning')],
      worsened: many('worsened', 'warning'),
      reminders: many('reminders', 'critical'),
      leftOut: [{ kind: 'reminders', severity: 'info', count: 3 }],
    });
    expect(blocksOf(rich)).toHaveLength(50);
    expect(textsOf(rich).at(-1)).toBe(
      'And 39 more: see the mail (16 new warning, 20 worse warning, 3 still open info). `npx tablekeeper plan --region eu-central-1` shows what is open.',
    );
  });

  it('of which there is none leaves nothing beside a colour', () => {
    expect(slackOf({}).rich).not.toHaveProperty('attachments');
  });
});

describe('where a Slack message comes from', () => {
  it('is one line, without a run and a log where there are none', () => {
    expect(slackWhere({ instance: INSTANCE, target: TARGET })).toBe(
      'Tablekeeper prod · account 111122223333 · Region eu-central-1',
    );
  });

  it.each([
    { chars: 600, shown: '|log of the run>' },
    { chars: 601, shown: '...' },
  ])('links to an address of $chars characters or shows it', ({ chars, shown }) => {
    const logLink = 'https://a.example/'.padEnd(chars, 'x');
    const line = slackWhere({ instance: INSTANCE, target: TARGET, logLink });
    expect(line.endsWith(shown)).toBe(true);
  });
});

describe('text that is to fit', () => {
  it('is cut until it does, escaped, and no shorter than to show that it was cut', () => {
    expect(truncate('&&&&&&&&&&', 20)).toMatchInlineSnapshot(`"&amp;&amp;..."`);
    expect(truncate('abcdef', 5, (text) => `<<<${text}>>>`)).toBe('<<<...>>>');
  });

  it('is a dash where there is none to show as code, and never ends the code', () => {
    expect([slackCode(' '), slackProse(' '), slackCode('a`b')]).toEqual(['`-`', '', '`aˋb`']);
  });
});
