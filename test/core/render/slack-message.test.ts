import { describe, expect, it } from 'vitest';
import { renderSlackMessage } from '../../../shared/core/render/slack-message.ts';
import { fitted, slackCode, slackProse } from '../../../shared/core/render/slack-text.ts';
import { slackWhere } from '../../../shared/core/render/slack-where.ts';
import { INSTANCE, TARGET } from '../../support/world.ts';
import { textsOf } from './slack-parts.ts';

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

describe('where a Slack message comes from', () => {
  it('is one line, without a run and a log where there are none', () => {
    expect(slackWhere({ instance: INSTANCE, target: TARGET })).toBe(
      'Tablekeeper prod · account 111122223333 · Region eu-central-1',
    );
  });
});

describe('text that is to fit', () => {
  it('is cut until it does, escaped, and no shorter than to show that it was cut', () => {
    expect(fitted('&&&&&&&&&&', 20)).toMatchInlineSnapshot(`"&amp;&amp;..."`);
    expect(fitted('abcdef', 5, (text) => `<<<${text}>>>`)).toBe('<<<...>>>');
  });

  it('is a dash where there is none to show as code', () => {
    expect([slackCode(' '), slackProse(' ')]).toEqual(['`-`', '']);
  });
});
