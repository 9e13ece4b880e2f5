import { describe, expect, it } from 'vitest';
import { advise } from '../../shared/model/advice.ts';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { recall } from '../../shared/run/memory.ts';
import { confirmSubscriptions } from '../../sim/console/services.ts';
import { createTable, setPitr } from '../../sim/console/tables.ts';
import { addSubscription } from '../../sim/sns/subscriptions.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

/** A deployment with one healthy table, and its one topic. */
const aDeployment = async () => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z' });
  const { account, clock } = tablekeeper;
  createTable(account, {
    name: 'orders',
    tags: { 'backup:policy': 'standard' },
    pitr: true,
    createdAt: clock.now() - 90 * DAY_MS,
  });
  await tablekeeper.run('protect');
  await clock.advanceBy(HOUR_MS);
  const [topic] = account.state.topics.values();
  if (topic === undefined) throw new Error('the deployment has no topic');
  return { tablekeeper, topic };
};

const subjects = ({ account }: Deployment) => account.inbox.messages.map(({ subject }) => subject);
const published = ({ account }: Deployment) => account.inbox.publications.length;
const openIds = async ({ clock, asPerson }: Deployment) =>
  (await clock.run(recall(asPerson))).openFindings.map(({ id }) => id);

describe('an alert topic that nobody hears', () => {
  it.each([
    { name: 'because nobody clicked the link', pending: ['ops@example.com'], says: '1 subscription waits' },
    {
      name: 'because two people did not click the link',
      pending: ['ops@example.com', 'dba@example.com'],
      says: '2 subscriptions wait',
    },
    { name: 'because nobody was asked', pending: [], says: 'nobody was asked' },
  ])('is found by the audit, which fails, $name', async ({ pending, says }) => {
    const { tablekeeper, topic } = await aDeployment();
    topic.subscriptions.clear();
    for (const email of pending) addSubscription(tablekeeper.account, topic, 'email', email);
    const report = await tablekeeper.run('audit');
    const found = report.plan.findings.find(({ kind }) => kind === 'no-confirmed-subscription');
    expect(found).toMatchObject({ severity: 'critical', fact: expect.stringContaining(says) });
    expect(report.failures.join()).toContain('nobody has confirmed a subscription');
    expect(published(tablekeeper)).toBe(0);
  });

  it('makes nothing count as told, so that who confirms at last hears all of it', async () => {
    const { tablekeeper, topic } = await aDeployment();
    topic.subscriptions.clear();
    addSubscription(tablekeeper.account, topic, 'email', 'ops@example.com');
    setPitr(tablekeeper.account, 'orders', { enabled: false });
    expect((await tablekeeper.run('audit')).failures).toHaveLength(1);
    await tablekeeper.clock.advanceBy(6 * HOUR_MS);
    expect((await tablekeeper.run('audit')).failures).toHaveLength(1);
    expect(await openIds(tablekeeper)).toEqual([]);
    confirmSubscriptions(tablekeeper.account);
    await tablekeeper.clock.advanceBy(6 * HOUR_MS);
    expect((await tablekeeper.run('audit')).failures).toEqual([]);
    expect(subjects(tablekeeper)).toEqual([expect.stringContaining('1 new, critical: PITR off on orders')]);
  });

  it.each([
    { name: 'a function, as Slack is', protocol: 'lambda' },
    { name: 'a queue', protocol: 'sqs' },
  ])('is heard by $name', async ({ protocol }) => {
    const { tablekeeper, topic } = await aDeployment();
    topic.subscriptions.clear();
    addSubscription(tablekeeper.account, topic, protocol, 'arn:aws:lambda:us-east-1:111122223333:function:f');
    const report = await tablekeeper.run('audit');
    expect(report.failures).toEqual([]);
    expect(report.plan.findings).toEqual([]);
  });

  it('costs a run of backups nothing while it has nothing to tell, and fails it when it has', async () => {
    const { tablekeeper, topic } = await aDeployment();
    topic.subscriptions.clear();
    const calls = tablekeeper.account.calls.of('GetTopicAttributes');
    await tablekeeper.clock.advanceBy(DAY_MS);
    expect((await tablekeeper.run('protect')).failures).toEqual([]);
    expect(tablekeeper.account.calls.of('GetTopicAttributes')).toBe(calls);
    tablekeeper.account.faults.add({ operation: 'CreateBackup', kind: 'access-denied' });
    await tablekeeper.clock.advanceBy(DAY_MS);
    expect((await tablekeeper.run('protect')).failures.join()).toContain('nobody has confirmed');
  });
});

describe('subscriptions that cannot be read', () => {
  it('fail the audit and are told, for the message leaves all the same', async () => {
    const { tablekeeper } = await aDeployment();
    tablekeeper.account.faults.add({ operation: 'GetTopicAttributes', kind: 'access-denied' });
    const report = await tablekeeper.run('audit');
    expect(report.failures).toEqual([
      expect.stringMatching(/^subscriptions could not be read: GetTopicAttributes: /),
    ]);
    expect(subjects(tablekeeper)).toEqual([expect.stringContaining('critical: reading failing')]);
    const { message } = tablekeeper.account.inbox.messages[0] ?? {};
    expect(message).toContain('sns:GetTopicAttributes');
  });

  it('are those of a topic that is not there', async () => {
    const { tablekeeper } = await aDeployment();
    tablekeeper.account.state.topics.clear();
    const report = await tablekeeper.run('audit');
    expect(report.failures.join('\n')).toContain('there is no such topic');
    expect(report.failures.join('\n')).toContain('the message did not leave');
  });

  it('end nothing that was found before', async () => {
    const { tablekeeper, topic } = await aDeployment();
    const [subscription] = topic.subscriptions.values();
    if (subscription === undefined) throw new Error('the topic has no subscription');
    const notHeard = {
      id: 'no-confirmed-subscription',
      kind: 'no-confirmed-subscription' as const,
      severity: 'critical' as const,
      fact: 'Nobody has confirmed a subscription.',
      measured: 'none',
      promised: 'one',
      since: 0,
      advice: advise('Confirm it.'),
      openedAt: tablekeeper.clock.now(),
      notifiedAt: tablekeeper.clock.now(),
    };
    await tablekeeper.clock.run(
      tablekeeper.asPerson.stateStore.saveFindings({ put: [notHeard], remove: [] }),
    );
    const fault = tablekeeper.account.faults.add({ operation: 'GetTopicAttributes', kind: 'access-denied' });
    await tablekeeper.run('audit');
    expect(await openIds(tablekeeper)).toContain('no-confirmed-subscription');
    fault.remove();
    await tablekeeper.run('audit');
    expect(await openIds(tablekeeper)).not.toContain('no-confirmed-subscription');
  });
});
