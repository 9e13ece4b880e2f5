import { ListSubscriptionsByTopicCommand, SNSClient, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Log } from '../../shared/ports/log.ts';
import { confirmSubscriptions } from '../../sim/console/services.ts';
import { createTable } from '../../sim/console/tables.ts';
import { addSubscription } from '../../sim/sns/subscriptions.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const lines: string[] = [];
const write = (message: string, fields?: object) => void lines.push(`${message} ${JSON.stringify(fields)}`);
const LOG: Log = { info: write, warn: write, error: write };

/** A deployment with one healthy table, whose topic reaches a mailbox and Slack. */
const aDeployment = async () => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', log: LOG });
  const { account, clock } = tablekeeper;
  createTable(account, { name: 'orders', tags: { 'backup:policy': 'standard' }, pitr: true });
  const [topic] = account.state.topics.values();
  if (topic === undefined) throw new Error('the deployment has no topic');
  addSubscription(
    account,
    topic,
    'lambda',
    'arn:aws:lambda:us-east-1:111122223333:function:tablekeeper-prod-slack',
  );
  await tablekeeper.run('protect');
  await clock.advanceBy(HOUR_MS);
  await tablekeeper.run('audit');
  account.inbox.clear();
  return { tablekeeper, topic };
};

/** An audit so much later; backups go on meanwhile. */
const later = async ({ clock, run }: Deployment, ms = 6 * HOUR_MS) => {
  for (let passed = 0; passed < ms; passed += HOUR_MS) {
    await clock.advanceBy(HOUR_MS);
    await run('protect');
  }
  await clock.advanceBy(MINUTE_MS);
  return await run('audit');
};

const messages = ({ account }: Deployment) =>
  account.inbox.messages.map(({ protocol, subject }) => `${protocol}: ${subject}`);

describe('a subscriber of the alert topic', () => {
  it('that is unsubscribed is reported by the ways that are left, once, and resolved when it is back', async () => {
    const { tablekeeper, topic } = await aDeployment();
    const { account, clock } = tablekeeper;
    const sns = new SNSClient(tablekeeper.wireOf('audit'));
    const person = {
      ...tablekeeper.wireOf('audit'),
      credentials: { accessKeyId: 'person', secretAccessKey: 'x' },
    };
    const { Subscriptions = [] } = await clock.run(
      sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic.arn })),
    );
    const mail = Subscriptions.find(({ Protocol }) => Protocol === 'email');
    await clock.run(
      new SNSClient(person).send(new UnsubscribeCommand({ SubscriptionArn: mail?.SubscriptionArn })),
    );
    const report = await later(tablekeeper);
    expect(report.failures).toEqual([]);
    expect(messages(tablekeeper)).toEqual([expect.stringMatching(/^lambda: .*subscriber not reached/)]);
    expect(account.inbox.messages[0]?.message).toContain('ops@example.com');
    await later(tablekeeper);
    expect(messages(tablekeeper)).toHaveLength(1);
    addSubscription(account, topic, 'email', 'ops@example.com');
    confirmSubscriptions(account);
    await later(tablekeeper);
    expect(messages(tablekeeper).toSorted().at(-1)).toMatch(/1 resolved/);
    expect(lines.join('\n')).not.toContain('ops@example.com');
  });

  it('that has not confirmed for over a day is reported, and no sooner', async () => {
    const { tablekeeper, topic } = await aDeployment();
    addSubscription(tablekeeper.account, topic, 'email', 'dba@example.com');
    await later(tablekeeper);
    await later(tablekeeper, 20 * HOUR_MS);
    expect(messages(tablekeeper)).toEqual([]);
    await later(tablekeeper, 5 * HOUR_MS);
    expect(messages(tablekeeper)).toHaveLength(2);
    expect(tablekeeper.account.inbox.messages[0]?.message).toContain('dba@example.com');
  });

  it('is never called gone because it could not be listed', async () => {
    const { tablekeeper } = await aDeployment();
    const fault = tablekeeper.account.faults.add({
      operation: 'ListSubscriptionsByTopic',
      kind: 'access-denied',
    });
    const report = await later(tablekeeper);
    expect(report.openFindings.map(({ id }) => id)).toEqual(['observation-gap/subscriptions']);
    fault.remove();
    expect((await later(tablekeeper, DAY_MS)).openFindings).toEqual([]);
  });
});
