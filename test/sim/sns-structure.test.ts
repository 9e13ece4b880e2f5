import { CreateTopicCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { confirmSubscriptions } from '../../sim/console/services.ts';
import { failureOf, simWorld } from './world.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:slack';

const topicWorld = async () => {
  const { account, sns } = simWorld();
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: FUNCTION }));
  confirmSubscriptions(account);
  const publish = (Message: string, more: object = { MessageStructure: 'json' }) =>
    sns.send(new PublishCommand({ TopicArn, Message, ...more }));
  const received = () => account.inbox.messages.map(({ protocol, message }) => [protocol, message]);
  return { account, publish, received };
};

describe('a message for each protocol', () => {
  it('brings everybody the text of their protocol, or the default', async () => {
    const { account, publish, received } = await topicWorld();
    await publish(JSON.stringify({ default: 'text', lambda: '{"a":1}', sqs: 'nobody', email: 7 }));
    expect(received()).toEqual([
      ['email', 'text'],
      ['lambda', '{"a":1}'],
    ]);
    expect(account.inbox.forEndpoint(FUNCTION)).toHaveLength(1);
    expect(account.inbox.publications.map(({ message }) => message)).toEqual(['text']);
  });

  it('is text without the structure, also when it is JSON', async () => {
    const { publish, received } = await topicWorld();
    await publish('{"default":"text"}', {});
    expect(received()).toEqual([
      ['email', '{"default":"text"}'],
      ['lambda', '{"default":"text"}'],
    ]);
  });

  it.each([
    {
      name: 'what is not JSON',
      message: 'text',
      says: 'Message Structure - JSON message body failed to parse',
    },
    { name: 'a list', message: '["default"]', says: 'Message Structure - JSON message body failed to parse' },
    {
      name: 'what has no default',
      message: '{"lambda":"x"}',
      says: 'Message Structure - No default entry in JSON message body',
    },
  ])('refuses $name', async ({ message, says }) => {
    const { publish, received } = await topicWorld();
    expect(await failureOf(publish(message))).toBe(`InvalidParameterException: Invalid parameter: ${says}`);
    expect(received()).toEqual([]);
  });
});
