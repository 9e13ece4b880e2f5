import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLimiter } from '../../shared/adapters/aws/limiter.ts';
import { API_LIMITS } from '../../shared/adapters/aws/limits.ts';
import { createCallRecorder } from '../../shared/adapters/aws/pacing.ts';
import { createSecretParameter } from '../../shared/adapters/aws/secret-parameter.ts';
import { createHttpHeartbeat } from '../../shared/adapters/heartbeat/http-heartbeat.ts';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import { composeChannel } from '../../shared/run/compose-channel.ts';
import { SLACK_CHANNEL } from '../../shared/run/compose-slack.ts';
import { withHeartbeat } from '../../shared/run/heartbeat.ts';
import { passOn } from '../../shared/run/pass-on.ts';
import { putSecret } from '../../sim/console/services.ts';
import { createTable } from '../../sim/console/tables.ts';
import { type SlackServer, startSlackServer } from '../../sim/slack/server.ts';
import { addSubscription } from '../../sim/sns/subscriptions.ts';
import { type RequestsInFlight, watchRequests } from '../../sim/virtual-time.ts';
import { type Measured, watchAlarms } from '../support/alarm-watch.ts';
import { CHECK_SECRET, type CheckServer, startCheckServer } from '../support/check-server.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { HEARTBEAT_PARAMETER, keyOf, WEBHOOK_PARAMETER } from '../support/rights.ts';
import { packageTemplate } from '../support/template.ts';

// Whatever breaks on the way to people, somebody hears of it on another way: by mail, in Slack, or from whoever waits for the heartbeat.

const FUNCTION = `arn:aws:lambda:us-east-1:111122223333:function:${keyOf('prod', 'slack')}`;
const SCHEDULED = ['backup', 'prune', 'audit'] as const;
const NOBODY_LOGS = { info: () => undefined, warn: () => undefined, error: () => undefined };

const resources = resolvedResources(packageTemplate(), {
  accountId: '111122223333',
  region: 'us-east-1',
  parameters: { AlertEmail: 'ops@example.com', SlackWebhookParameter: WEBHOOK_PARAMETER },
});

let slack: SlackServer;
let check: CheckServer;
let requests: RequestsInFlight;
beforeAll(async () => {
  slack = await startSlackServer();
  requests = watchRequests();
});
afterAll(async () => {
  requests.stop();
  await slack.close();
});
beforeEach(async () => {
  check = await startCheckServer();
});
afterEach(() => check.close());

/** A deployment with mail, Slack and heartbeat, of a table that people have to hear of. */
const aDeployment = async (): Promise<Deployment> => {
  const world = await deploy({ startAt: '2026-03-02T10:00:00Z' });
  const { account, clock } = world;
  clock.busyWhen(() => requests.count() > slack.hanging());
  for (const topic of account.state.topics.values()) addSubscription(account, topic, 'lambda', FUNCTION);
  putSecret(account, WEBHOOK_PARAMETER, slack.webhook);
  putSecret(account, HEARTBEAT_PARAMETER, check.url);
  createTable(account, { name: 'orders', tags: { 'backup:policy': 'standard' } });
  await clock.advanceBy(90 * MINUTE_MS);
  return world;
};

/** One audit as its function makes it. Says what is wrong with it. */
const audit = async ({ clock, run, wireOf }: Deployment): Promise<readonly string[]> => {
  const limiter = createLimiter({ clock, limits: API_LIMITS });
  const options = { ...wireOf('audit'), clock, limiter, recorder: createCallRecorder() };
  const secret = createSecretParameter(options, HEARTBEAT_PARAMETER);
  const heartbeat = createHttpHeartbeat({ secret: { ...secret, read: () => clock.run(secret.read()) } });
  const { failures } = await withHeartbeat({ heartbeat, log: NOBODY_LOGS }, () => run('audit'));
  return failures;
};

/** Passes on to Slack what SNS handed over since the last time. Says what is wrong. */
const handOver = async (
  { account, clock, wireOf }: Deployment,
  after: number,
): Promise<readonly string[]> => {
  const messages = account.inbox
    .forEndpoint(FUNCTION)
    .slice(after)
    .map(({ subject, message }, index) => ({ id: `m${index}`, subject, text: message }));
  const parts = composeChannel(SLACK_CHANNEL, {
    ...wireOf('slack'),
    ...{ instance: 'prod', secretParameter: WEBHOOK_PARAMETER, clock, random: () => 0.5 },
  });
  const { failures } = await clock.run(passOn(parts, messages, clock.now() + 2 * MINUTE_MS));
  return failures.map(({ message }) => message);
};

/** What Lambda and SQS measure: a function that fails is tried twice again, and its event kept. */
const measuredWith = (failing: readonly string[], silent: string | undefined): Measured => ({
  ...Object.fromEntries(
    SCHEDULED.filter((name) => name !== silent).map((name) => [
      `AWS/Lambda Invocations FunctionName=tablekeeper-prod-${name}`,
      1,
    ]),
  ),
  ...Object.fromEntries(
    failing.flatMap((name) => [
      [`AWS/Lambda Errors FunctionName=tablekeeper-prod-${name}`, 3],
      [`AWS/SQS NumberOfMessagesSent QueueName=tablekeeper-prod-${name}-dead-letters`, 1],
    ]),
  ),
});

/** An audit, its message to Slack, the alarms that go off, and their messages to Slack. */
const hour = async (world: Deployment, silent?: string) => {
  const failures = await audit(world);
  const untold = await handOver(world, 0);
  const failing = [...(failures.length > 0 ? ['audit'] : []), ...(untold.length > 0 ? ['slack'] : [])];
  const before = world.account.inbox.forEndpoint(FUNCTION).length;
  const alarms = await watchAlarms(world.account, resources, measuredWith(failing, silent));
  await handOver(world, before);
  return { alarms: alarms.map((name) => name.replace('tablekeeper-prod-', '')), failures, untold };
};

const mailsOf = ({ account }: Deployment): readonly string[] =>
  account.inbox.messages.filter(({ protocol }) => protocol === 'email').map(({ subject }) => subject);

const BLIND = '[Tablekeeper prod] 2 new; worst critical: reading failing';
const FINDING = '[Tablekeeper prod] 1 new, critical: PITR off on orders';
const mailsFor = (alarms: readonly string[]): readonly string[] =>
  alarms.map((name) => `ALARM: "tablekeeper-prod-${name}"`);

interface Trouble {
  readonly name: string;
  readonly harm?: (world: Deployment) => void;
  /** A function whose rule somebody switched off. */
  readonly silent?: string;
  readonly alarms: readonly string[];
  readonly mails: readonly string[];
  readonly isInSlack: boolean;
  readonly beats: readonly string[];
}

const WHOLE = ['/start', ''];
const FAILED = ['/start', '/fail'];
const AUDIT = ['audit-dead-letters', 'audit-errors'];
const SLACK = ['slack-dead-letters', 'slack-errors'];

const unheard = ({ account }: Deployment): void => {
  for (const topic of account.state.topics.values()) {
    topic.subscriptions.clear();
    addSubscription(account, topic, 'email', 'ops@example.com');
  }
};

const TROUBLES: readonly Trouble[] = [
  { name: 'nothing is broken', alarms: [], mails: [FINDING], isInSlack: true, beats: WHOLE },
  {
    name: 'the webhook is mistyped',
    harm: ({ account }) => putSecret(account, WEBHOOK_PARAMETER, 'hooks.slack.com/services/T/B/X'),
    ...{ alarms: SLACK, mails: [FINDING, ...mailsFor(SLACK)], isInSlack: false, beats: WHOLE },
  },
  {
    name: 'the webhook’s channel is gone',
    harm: () => slack.answerWith(...Array.from({ length: 9 }, () => ({ status: 404, text: 'no_service' }))),
    ...{ alarms: SLACK, mails: [FINDING, ...mailsFor(SLACK)], isInSlack: false, beats: WHOLE },
  },
  {
    name: 'the parameter with the webhook is not there',
    harm: ({ account }) => void account.state.parameters.delete(WEBHOOK_PARAMETER),
    ...{ alarms: SLACK, mails: [FINDING, ...mailsFor(SLACK)], isInSlack: false, beats: WHOLE },
  },
  {
    name: 'the parameter with the heartbeat is not there',
    harm: ({ account }) => void account.state.parameters.delete(HEARTBEAT_PARAMETER),
    ...{ alarms: AUDIT, mails: [FINDING, ...mailsFor(AUDIT)], isInSlack: true, beats: [] },
  },
  {
    name: 'the heartbeat is mistyped',
    harm: ({ account }) => putSecret(account, HEARTBEAT_PARAMETER, 'hc-ping.com/5f1e'),
    ...{ alarms: AUDIT, mails: [FINDING, ...mailsFor(AUDIT)], isInSlack: true, beats: [] },
  },
  {
    name: 'a parameter may not be read',
    harm: ({ account }) => void account.faults.add({ operation: 'GetParameter', kind: 'access-denied' }),
    ...{ alarms: [...AUDIT, ...SLACK], isInSlack: false, beats: [] },
    mails: [FINDING, ...mailsFor([...AUDIT, ...SLACK])],
  },
  {
    name: 'nobody confirmed the subscription',
    harm: unheard,
    ...{ alarms: AUDIT, mails: [], isInSlack: false, beats: FAILED },
  },
  {
    name: 'SNS fails, or does not let the function publish',
    harm: ({ account }) => void account.faults.add({ operation: 'Publish', kind: 'internal-error' }),
    ...{ alarms: AUDIT, mails: mailsFor(AUDIT), isInSlack: true, beats: FAILED },
  },
  {
    name: 'the topic is gone',
    harm: ({ account }) => account.state.topics.clear(),
    ...{ alarms: AUDIT, mails: [], isInSlack: false, beats: FAILED },
  },
  {
    name: 'the state table is gone',
    harm: ({ account }) => void account.faults.add({ operation: 'Query', kind: 'access-denied' }),
    ...{ alarms: AUDIT, mails: [BLIND, ...mailsFor(AUDIT)], isInSlack: true, beats: FAILED },
  },
  {
    name: 'the state table can be read and not be written',
    harm: ({ account }) => {
      for (const operation of ['BatchWriteItem', 'PutItem'] as const)
        account.faults.add({ operation, kind: 'access-denied' });
    },
    ...{ alarms: AUDIT, mails: [BLIND, ...mailsFor(AUDIT)], isInSlack: true, beats: FAILED },
  },
  ...SCHEDULED.map((silent) => ({
    name: `somebody switched the rule of ${silent} off`,
    silent,
    ...{
      alarms: [`${silent}-silent`],
      mails: [FINDING, ...mailsFor([`${silent}-silent`])],
      isInSlack: true,
      beats: WHOLE,
    },
  })),
];

describe('somebody is told when', () => {
  it.each(TROUBLES)('$name', async ({ harm, silent, alarms, mails, isInSlack, beats }) => {
    const world = await aDeployment();
    const posted = slack.posted.length;
    harm?.(world);
    const rang = await hour(world, silent);
    slack.answerWith();
    expect(rang).toMatchObject({ alarms });
    expect(mailsOf(world).toSorted()).toEqual(mails.toSorted());
    expect(slack.posted.length > posted && rang.untold.length === 0).toBe(isInSlack);
    expect(check.requests.map((request) => request.replace(`GET /${CHECK_SECRET}`, ''))).toEqual(beats);
    const channels = [mailsOf(world).length > 0, isInSlack, beats.includes('/fail')];
    expect(channels).toContain(true);
  });
});
