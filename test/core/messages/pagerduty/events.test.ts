import { describe, expect, it } from 'vitest';
import { pagerdutyEvents } from '../../../../shared/core/messages/pagerduty/events.ts';
import { advise } from '../../../../shared/model/advice.ts';
import type { AlertMessage } from '../../../../shared/model/alert-message.ts';
import { commandOf } from '../../../support/advice-text.ts';
import { anOpenFinding, NOW } from '../../../support/world.ts';
import { anAlert } from '../slack/parts.ts';

const eventsOf = (document: object | string) =>
  pagerdutyEvents({
    id: 'm-1',
    subject: 'a subject',
    text: typeof document === 'string' ? document : JSON.stringify(document),
  });

const alertEvents = (alert: Partial<AlertMessage>) =>
  eventsOf({ version: 1, subject: 's', alert: anAlert(alert) });

const aFinding = (table: string, incidents: readonly string[], more: object = {}) => ({
  ...anOpenFinding({ id: `pitr-off/${table}`, table }),
  headline: `PITR off on ${table}`,
  incidents,
  ...more,
});

const PREFIX = 'tablekeeper/prod/111122223333/eu-central-1';

describe('an alert', () => {
  it('opens one incident for what was found together, with what is worst first', () => {
    const command = 'npx tablekeeper plan --region eu-central-1';
    const [event, ...others] = alertEvents({
      logLink: 'https://logs.example/run',
      opened: [
        aFinding('Carts', ['pitr-off@1'], { severity: 'warning' }),
        aFinding('Orders', ['pitr-off@1'], { advice: advise('Look:', commandOf(command)) }),
      ],
    });
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      event_action: 'trigger',
      dedup_key: `${PREFIX}/pitr-off@1`,
      client: 'Tablekeeper',
      links: [{ href: 'https://logs.example/run', text: 'Log of the run' }],
      payload: {
        summary: '[Tablekeeper prod] PITR off on Orders, and 1 more entry',
        source: '111122223333/eu-central-1',
        severity: 'critical',
        class: 'pitr-off',
        group: 'prod',
        custom_details: { findings: [{ what_to_do: ['Look:', command] }, { finding: 'pitr-off/Carts' }] },
      },
    });
  });

  it('opens another for what was found at another time, and for another kind', () => {
    const events = alertEvents({
      opened: [
        aFinding('Orders', ['pitr-off@2']),
        aFinding('Users', ['table-shrunk@2'], { kind: 'table-shrunk' }),
      ],
      reminders: [aFinding('Carts', ['pitr-off@1'])],
    });
    expect(events.map(({ dedup_key, event_action }) => [event_action, dedup_key])).toEqual([
      ['trigger', `${PREFIX}/pitr-off@2`],
      ['trigger', `${PREFIX}/table-shrunk@2`],
      ['trigger', `${PREFIX}/pitr-off@1`],
    ]);
    expect(events[0]?.payload?.component).toBe('Orders');
  });

  it('a reminder has the key of the first report, so that no second incident is opened', () => {
    const keyOf = (kind: 'opened' | 'reminders' | 'worsened') =>
      alertEvents({ [kind]: [aFinding('Orders', ['pitr-off@1'])] }).map(({ dedup_key }) => dedup_key);
    expect(keyOf('reminders')).toEqual(keyOf('opened'));
    expect(keyOf('worsened')).toEqual(keyOf('opened'));
  });

  it('ends the incidents that end with what is resolved, and no other', () => {
    const events = alertEvents({
      resolved: [aFinding('Orders', ['pitr-off@1', 'pitr-off@2']), aFinding('Users', [])],
    });
    expect(events).toEqual([
      { event_action: 'resolve', dedup_key: `${PREFIX}/pitr-off@1` },
      { event_action: 'resolve', dedup_key: `${PREFIX}/pitr-off@2` },
    ]);
  });

  it('of an older version names incidents by kind and time all the same', () => {
    const finding = anOpenFinding();
    const [opened] = alertEvents({ opened: [finding] });
    const [resolved] = alertEvents({ resolved: [finding] });
    expect(opened?.dedup_key).toBe(`${PREFIX}/pitr-off@${finding.openedAt}`);
    expect(resolved?.dedup_key).toBe(opened?.dedup_key);
  });

  it('that is only for information wakes nobody, and what had no room is one incident', () => {
    expect(alertEvents({ opened: [aFinding('Orders', ['x@1'], { severity: 'info' })] })).toEqual([]);
    const events = alertEvents({
      leftOut: [
        { kind: 'opened', severity: 'warning', count: 3 },
        { kind: 'opened', severity: 'info', count: 9 },
        { kind: 'resolved', severity: 'critical', count: 9 },
      ],
    });
    expect(events).toMatchObject([
      { payload: { summary: '[Tablekeeper prod] 3 more findings: see the mail', severity: 'warning' } },
    ]);
  });

  it('stays under the limits of PagerDuty', () => {
    // As much as a message on the topic may have.
    const long = '\u{1f9e8}"'.repeat(400);
    const finding = aFinding(long, [`k@1${long}`], { fact: long, headline: long, id: long, kind: long });
    const other = { ...finding, incidents: [`k@2${long}`], advice: advise(long, [long]) };
    const events = alertEvents({ opened: [...Array(20).fill(finding), other], instance: long });
    expect(new Set(events.map(({ dedup_key }) => dedup_key)).size).toBe(2);
    for (const event of events) {
      expect(event.dedup_key.length).toBeLessThanOrEqual(255);
      expect(event.payload?.summary.length).toBeLessThanOrEqual(1_024);
      expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(512_000);
    }
  });
});

describe('a CloudWatch alarm', () => {
  const alarm = (state: string, more: object = {}) =>
    eventsOf({
      AlarmName: 'tablekeeper-prod-backup-errors',
      NewStateValue: state,
      AWSAccountId: '1',
      ...more,
    });

  it('is an incident until it is OK', () => {
    const [opened] = alarm('ALARM', {
      AlarmDescription: 'A run ended.',
      StateChangeTime: '2026-11-23T03:00:00.000+0000',
    });
    expect(opened).toMatchObject({
      event_action: 'trigger',
      payload: {
        summary: 'tablekeeper-prod-backup-errors: A run ended.',
        severity: 'critical',
        timestamp: '2026-11-23T03:00:00Z',
      },
    });
    expect(alarm('OK')).toEqual([{ event_action: 'resolve', dedup_key: opened?.dedup_key }]);
    expect(alarm('INSUFFICIENT_DATA')).toEqual([]);
    expect(alarm('ALARM', { StateChangeTime: 'soon' })[0]?.payload).not.toHaveProperty('timestamp');
  });
});

it('a digest is no incident, and any other text is one of its own', () => {
  const target = { accountId: '111122223333', region: 'us-east-1' };
  const digest = { instance: 'prod', target, sentAt: NOW, sections: [] };
  expect(eventsOf({ version: 1, subject: 'Digest', digest })).toEqual([]);
  expect(eventsOf('words')).toMatchObject([
    {
      event_action: 'trigger',
      dedup_key: 'message/m-1',
      payload: { summary: 'a subject', severity: 'warning', custom_details: { text: 'words' } },
    },
  ]);
});
