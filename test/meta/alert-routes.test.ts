import { describe, expect, it } from 'vitest';
import { CHANNELS, type ChannelName } from '../../shared/model/channel.ts';
import { type AlertRoutes, routesText, type SecretState } from '../../tools/alert-routes.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:tablekeeper-prod-alerts';
const SLACK_FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:tablekeeper-prod-slack';

const ROUTES: AlertRoutes = {
  stack: 'tablekeeper-prod',
  region: 'eu-west-1',
  topicArn: TOPIC,
  alertEmail: 'ops@example.com',
  subscriptions: [{ protocol: 'email', endpoint: 'ops@example.com', status: 'confirmed' }],
  channels: CHANNELS.map((channel) => ({
    channel,
    functionName: `tablekeeper-prod-${channel.name}`,
    parameter: '',
    state: { kind: 'none' },
  })),
  heartbeatParameter: '',
  heartbeat: { kind: 'none' },
  kept: [],
};
/** Every channel, of which some were given a parameter. */
const channelsWith = (states: Partial<Record<ChannelName, SecretState>>): AlertRoutes['channels'] =>
  CHANNELS.map((channel) => ({
    channel,
    functionName: `tablekeeper-prod-${channel.name}`,
    parameter: states[channel.name] === undefined ? '' : `/tablekeeper/${channel.name}`,
    state: states[channel.name] ?? { kind: 'none' },
  }));
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
    const only = { alertEmail: 'none', subscriptions };
    const usable = textOf({ ...only, channels: channelsWith({ slack: { kind: 'usable' } }) });
    expect(usable).toMatch(/Slack +posts to the address in \/tablekeeper\/slack/);
    expect(usable).not.toContain(NOBODY);
    expect(usable).toContain('ONLY SLACK IS ALERTED: once its address stops working');
    expect(usable).not.toContain(SLACK_FUNCTION);
    const unusable = textOf({
      ...only,
      channels: channelsWith({ slack: { kind: 'unusable', what: 'It is not there.', fix: 'Write it.' } }),
    });
    expect(unusable).toMatch(/Slack +It is not there\. Write it\./);
    expect(unusable).toContain(NOBODY);
  });

  it('other channels, where they were asked for, and that nothing but those is alerted', () => {
    const subscriptions = (['teams', 'pagerduty'] as const).map((name) => ({
      protocol: 'lambda',
      endpoint: SLACK_FUNCTION.replace('slack', name),
      status: 'confirmed' as const,
    }));
    const channels = channelsWith({ teams: { kind: 'usable' }, pagerduty: { kind: 'usable' } });
    const said = textOf({ alertEmail: 'none', subscriptions, channels });
    expect(said).toMatch(/Teams +posts to the address in \/tablekeeper\/teams/);
    expect(said).toMatch(/PagerDuty +sends events with the key in \/tablekeeper\/pagerduty/);
    expect(said).not.toContain('the webhook');
    expect(said).toContain('ONLY PAGERDUTY, TEAMS ARE ALERTED: once they stop working');
    const [, pagerduty] = subscriptions;
    const one = textOf({
      alertEmail: 'none',
      subscriptions: pagerduty === undefined ? [] : [pagerduty],
      channels: channelsWith({ pagerduty: { kind: 'usable' } }),
    });
    expect(one).toContain('ONLY PAGERDUTY IS ALERTED: once its key stops working');
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
