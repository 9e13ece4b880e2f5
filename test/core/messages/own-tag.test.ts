import { describe, expect, it } from 'vitest';
import { toldNews } from '../../../shared/core/alert/groups.ts';
import { alertMessageOf } from '../../../shared/core/messages/alert-message.ts';
import { renderMail } from '../../../shared/core/messages/mail/mail.ts';
import { renderSlackMessage } from '../../../shared/core/messages/slack/message.ts';
import { stepsOf } from '../../../shared/model/advice.ts';
import type { AlertDocument } from '../../../shared/model/alert-message.ts';
import { commandText } from '../../../shared/model/shell.ts';
import { exampleOf } from '../../messages/examples.ts';
import { FINDING_KINDS } from '../../support/finding-kinds.ts';
import { NOW, TARGET } from '../../support/world.ts';

// An instance that was given a key of its own: a command without it would act on the tables of another.

const KEY = 'backup:policy-dev';

const opened = FINDING_KINDS.map((kind) => ({ ...exampleOf(kind), openedAt: NOW }));
const news = { opened, worsened: [], reminders: [], resolved: [] };
const content = { news, instance: 'dev', policyTag: KEY, target: TARGET, now: NOW };
const alert = alertMessageOf({ ...content, news: toldNews(news) });

const commands = alert.opened.flatMap(({ advice }) =>
  stepsOf(advice).flatMap((step) => step.commands.map(commandText)),
);

/** Commands that are lines of their own, joined where they are broken. */
const linesOf = (text: string): readonly string[] =>
  text
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim().startsWith('npx tablekeeper'));

describe('of an instance with a policy tag of its own', () => {
  it('every command of the program names it, whatever kind of finding advises it', () => {
    const own = commands.filter((command) => command.startsWith('npx tablekeeper'));
    expect(own.length).toBeGreaterThan(3);
    expect(own.filter((command) => !command.includes(`--policy-tag ${KEY}`))).toEqual([]);
  });

  it('so do the mail and what Slack shows', () => {
    const document: AlertDocument = { version: 1, subject: 's', alert };
    const slack = renderSlackMessage({ subject: 's', text: JSON.stringify(document) });
    for (const text of [renderMail(content).body, JSON.stringify(slack.rich).replaceAll('\\n', '\n')]) {
      const lines = linesOf(text);
      expect(lines.length).toBeGreaterThan(3);
      expect(lines.filter((line) => !line.includes(KEY))).toEqual([]);
    }
  });
});
