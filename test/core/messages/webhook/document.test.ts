import { expect, it } from 'vitest';
import { webhookDocument } from '../../../../shared/core/messages/webhook/document.ts';
import { anOpenFinding, NOW } from '../../../support/world.ts';
import { anAlert } from '../slack/parts.ts';

const documentOf = (text: object | string) =>
  webhookDocument({
    subject: 'a subject',
    text: typeof text === 'string' ? text : JSON.stringify(text),
    publishedAt: '2026-11-23T05:00:01.000Z',
  });

it('an alert is sent whole, as data', () => {
  const alert = anAlert({ opened: [anOpenFinding()] });
  expect(documentOf({ version: 1, subject: 's', alert })).toEqual({
    ...{ type: 'tablekeeper.alert', version: 1, timestamp: '2026-11-23T05:00:00Z', subject: 's', alert },
  });
});

it('so is a digest, and an alarm and any other text say what they are', () => {
  const target = { accountId: '111122223333', region: 'us-east-1' };
  const digest = { instance: 'prod', target, sentAt: NOW, sections: [] };
  expect(documentOf({ version: 1, subject: 's', digest })).toMatchObject({
    type: 'tablekeeper.digest',
    digest,
  });
  expect(documentOf({ AlarmName: 'a', NewStateValue: 'OK' })).toMatchObject({
    ...{ type: 'tablekeeper.alarm', subject: 'a subject', timestamp: '2026-11-23T05:00:01.000Z' },
    alarm: { name: 'a', state: 'OK' },
  });
  expect(documentOf('words')).toEqual({
    ...{ type: 'tablekeeper.text', version: 1, timestamp: '2026-11-23T05:00:01.000Z' },
    ...{ subject: 'a subject', text: 'words' },
  });
  expect(webhookDocument({ subject: '', text: 'words' })).not.toHaveProperty('timestamp');
});
