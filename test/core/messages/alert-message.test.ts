import { expect, it } from 'vitest';
import { alertMessageOf } from '../../../shared/core/messages/alert-message.ts';
import { anOpenFinding, INSTANCE, NOW, TARGET } from '../../support/world.ts';

it('an alert as data has the news, where it comes from, and of the rest what there is', () => {
  const news = { opened: [anOpenFinding()], worsened: [], reminders: [], resolved: [] };
  const content = { news, instance: INSTANCE, target: TARGET, now: NOW };
  const opened = [{ ...anOpenFinding(), headline: 'PITR off on Orders' }];
  const message = { instance: INSTANCE, target: TARGET, sentAt: NOW, ...news, opened, leftOut: [] };
  expect(alertMessageOf(content)).toStrictEqual(message);
  const more = {
    policyTag: 'backup:policy-dev',
    timezone: 'Asia/Seoul',
    runId: '7f2c',
    logLink: 'https://logs.example',
  };
  expect(alertMessageOf({ ...content, ...more })).toStrictEqual({ ...message, ...more });
});
