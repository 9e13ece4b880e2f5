import { describe, expect, it } from 'vitest';
import { type AlertRoutes, routesText } from '../../tools/alert-routes.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:tablekeeper-prod-alerts';
const SLACK_FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:tablekeeper-prod-slack';

const ROUTES: AlertRoutes = {
  stack: 'tablekeeper-prod',
  region: 'eu-west-1',
  topicArn: TOPIC,
  alertEmail: 'ops@example.com',
  subscriptions: [{ protocol: 'email', endpoint: 'ops@example.com', status: 'confirmed' }],
  slackFunction: 'tablekeeper-prod-slack',
  slackParameter: '',
  slack: { kind: 'none' },
  heartbeatParameter: '',
  heartbeat: { kind: 'none' },
  kept: [],
};
const textOf = (changes: Partial<AlertRoutes>): string => routesText({ ...ROUTES, ...changes });
const email = (status: 'confirmed' | 'pending' | 'deleted', endpoint = 'ops@example.com') => ({
  protocol: 'email',
  endpoint,
  status,
});
const NOBODY = 'NOBODY IS ALERTED YET';

describe('after a deployment stands', () => {
  it('where alerts go', () => {
    expect(textOf({}).trim().split('\n')).toEqual([
      'Alerts of tablekeeper-prod (eu-west-1) go to:',
      '  ops@example.com  confirmed: alerts go there',
      '  Slack            none',
      '  heartbeat        none',
    ]);
  });

  it('what is still to be confirmed, and that nobody is alerted until then', () => {
    const said = textOf({ subscriptions: [email('pending')] });
    expect(said).toMatch(/ops@example\.com +to be confirmed\. Open the mail that AWS sent there and confirm/);
    expect(said).toContain(NOBODY);
  });

  it('every subscriber, one line each', () => {
    const said = textOf({ subscriptions: [email('confirmed'), email('pending', 'dba@example.com')] });
    expect(said).toMatch(/dba@example\.com +to be confirmed/);
    expect(said).not.toContain(NOBODY);
  });

  it.each([
    { name: 'unsubscribed', subscriptions: [email('deleted')] },
    { name: 'gone', subscriptions: [] },
  ])('how to subscribe again where the address is $name', ({ subscriptions }) => {
    const said = textOf({ subscriptions });
    expect(said).toContain(`--notification-endpoint ops@example.com --topic-arn ${TOPIC}`);
    expect(said).toContain(NOBODY);
  });

  it('that none was wanted, and that nobody is alerted', () => {
    const said = textOf({ alertEmail: 'none', subscriptions: [] });
    expect(said).toMatch(/alertEmail +none, as was said/);
    expect(said).toContain(NOBODY);
  });

  it('Slack, which counts as somebody, but not while it cannot be used', () => {
    const subscriptions = [{ protocol: 'lambda', endpoint: SLACK_FUNCTION, status: 'confirmed' as const }];
    const only = { alertEmail: 'none', subscriptions, slackParameter: '/tablekeeper/slack' };
    const usable = textOf({ ...only, slack: { kind: 'usable' } });
    expect(usable).toMatch(/Slack +posts to the address in \/tablekeeper\/slack/);
    expect(usable).not.toContain(NOBODY);
    expect(usable).toContain('ONLY SLACK IS ALERTED: once its address stops working');
    expect(usable).not.toContain(SLACK_FUNCTION);
    const unusable = textOf({
      ...only,
      slack: { kind: 'unusable', what: 'It is not there.', fix: 'Write it.' },
    });
    expect(unusable).toMatch(/Slack +It is not there\. Write it\./);
    expect(unusable).toContain(NOBODY);
  });

  it('what could not be looked at, as such', () => {
    const said = textOf({
      subscriptions: 'AccessDenied',
      heartbeatParameter: '/tablekeeper/heartbeat',
      heartbeat: { kind: 'unread', why: 'AccessDenied' },
    });
    expect(said).toContain('who is subscribed could not be listed: AccessDenied');
    expect(said).toMatch(/heartbeat +\/tablekeeper\/heartbeat could not be looked at by you: AccessDenied/);
    expect(said).not.toContain(NOBODY);
  });

  it('what was kept', () => {
    expect(textOf({ kept: ['alertEmail=ops@example.com', 'auditRate=rate(1 hour)'] })).toContain(
      'Kept from the last deployment: alertEmail=ops@example.com, auditRate=rate(1 hour)',
    );
  });
});
