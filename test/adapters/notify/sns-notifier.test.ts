import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { clientConfig } from '../../../shared/adapters/aws/clients.ts';
import { createSnsNotifier } from '../../../shared/adapters/notify/sns-notifier.ts';
import type { Message } from '../../../shared/ports/messages.ts';
import { anAlert } from '../../core/messages/slack/parts.ts';
import { anOpenFinding } from '../../support/world.ts';
import { onSim } from '../connect.ts';

const message: Message = {
  subject: '[Tablekeeper prod] 1 new, critical: PITR off on Orders',
  body: 'CRITICAL\n\nOrders: point-in-time recovery is off — since 03:00.\n',
};

/** An account with a topic that somebody reads by mail. */
const onTopic = async () => {
  const world = onSim();
  const sns = new SNSClient(clientConfig(world.options));
  const { TopicArn = '' } = await world.run(
    sns.send(new CreateTopicCommand({ Name: 'tablekeeper-prod-alerts' })),
  );
  await world.run(
    sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' })),
  );
  const topic = [...world.account.state.topics.values()][0];
  const Token = [...(topic?.subscriptions.values() ?? [])][0]?.token;
  await world.run(sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token })));
  return {
    ...world,
    send: (arn = TopicArn, what = message) => world.run(createSnsNotifier(world.options, arn).send(what)),
  };
};

describe('the notifier', () => {
  it('brings subject and body to whoever is subscribed', async () => {
    const { account, send } = await onTopic();
    await send();
    expect(account.inbox.forEndpoint('ops@example.com')).toMatchObject([
      { subject: message.subject, message: message.body },
    ]);
  });

  it('brings a function the alert as data, and people the text', async () => {
    const { account, options, send } = await onTopic();
    const Endpoint = 'arn:aws:lambda:us-east-1:111122223333:function:tablekeeper-prod-slack';
    const TopicArn = 'arn:aws:sns:us-east-1:111122223333:tablekeeper-prod-alerts';
    const sns = new SNSClient(clientConfig(options));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint }));
    const alert = anAlert({ opened: [anOpenFinding()] });
    await send(TopicArn, { ...message, alert });
    const { subject, body } = message;
    expect(account.inbox.forEndpoint('ops@example.com')).toMatchObject([{ subject, message: body }]);
    expect(account.inbox.forEndpoint(Endpoint)).toMatchObject([
      { protocol: 'lambda', subject, message: JSON.stringify({ version: 1, subject, alert }) },
    ]);
  });

  it('sends each message it is given', async () => {
    const { account, options, run } = await onTopic();
    const topicArn = 'arn:aws:sns:us-east-1:111122223333:tablekeeper-prod-alerts';
    const notifier = createSnsNotifier(options, topicArn);
    await run(notifier.send(message));
    await run(notifier.send({ ...message, subject: 'resolved' }));
    expect(account.inbox.messages.map(({ subject }) => subject)).toEqual([message.subject, 'resolved']);
  });

  it.each(['throttle', 'internal-error', 'timeout', 'connection-reset'] as const)(
    'gets through in spite of three times: %s',
    async (kind) => {
      const { account, send, recorder } = await onTopic();
      account.faults.add({ operation: 'Publish', kind, times: 3 });
      await send();
      expect(account.inbox.messages).toHaveLength(1);
      expect(recorder.counts().find(({ operation }) => operation === 'Publish')?.calls).toBe(4);
    },
  );

  it('rather brings a message twice than not at all', async () => {
    const { account, send } = await onTopic();
    account.faults.add({ operation: 'Publish', kind: 'timeout-after-effect', times: 1 });
    await send();
    expect(account.inbox.messages.map(({ subject }) => subject)).toEqual([message.subject, message.subject]);
  });

  it.each(['timeout-after-effect', 'connection-reset-after-effect'] as const)(
    'brings it four times at the most, however long nobody answers: %s',
    async (kind) => {
      const { account, send } = await onTopic();
      account.faults.add({ operation: 'Publish', kind });
      await expect(send()).rejects.toThrow(/^Publish: /);
      expect(account.inbox.messages).toHaveLength(4);
    },
  );

  it.each(['access-denied', 'throttle', 'internal-error', 'timeout'] as const)(
    'fails aloud, with the cause, when it cannot: %s',
    async (kind) => {
      const { account, send } = await onTopic();
      account.faults.add({ operation: 'Publish', kind });
      const failing = send();
      await expect(failing).rejects.toThrow(/^Publish: \w+: /);
      await expect(failing).rejects.toHaveProperty('cause');
    },
  );

  it('fails aloud for a topic that is not there', async () => {
    const { send } = await onTopic();
    await expect(send('arn:aws:sns:us-east-1:111122223333:other')).rejects.toThrow(/^Publish: NotFound/);
  });
});
