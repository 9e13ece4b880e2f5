import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishCommand,
  type PublishCommandInput,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { confirmSubscriptions } from '../../sim/console/services.ts';
import { requestHandlerOf } from '../../sim/request-handler.ts';
import { failureOf, HOUR, START, simWorld } from './world.ts';

const Endpoint = 'ops@example.com';

const worldWithTopic = async () => {
  const world = simWorld();
  const { TopicArn } = await world.sns.send(new CreateTopicCommand({ Name: 'alerts' }));
  const subscribe = () => world.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint }));
  const publish = (more: Partial<PublishCommandInput> = {}) =>
    world.sns.send(new PublishCommand({ TopicArn, Message: 'text', ...more }));
  const counts = async () => {
    const { Attributes = {} } = await world.sns.send(new GetTopicAttributesCommand({ TopicArn }));
    const { SubscriptionsConfirmed, SubscriptionsPending, SubscriptionsDeleted } = Attributes;
    return [SubscriptionsConfirmed, SubscriptionsPending, SubscriptionsDeleted];
  };
  return { ...world, TopicArn, subscribe, publish, counts };
};

describe('SNS', () => {
  it('makes a topic once, lists it, and forgets it', async () => {
    const { sns, TopicArn } = await worldWithTopic();
    expect(TopicArn).toBe('arn:aws:sns:us-east-1:111122223333:alerts');
    expect((await sns.send(new CreateTopicCommand({ Name: 'alerts' }))).TopicArn).toBe(TopicArn);
    expect((await sns.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn }]);
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    const attributes = sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(await failureOf(attributes)).toBe('NotFoundException: Topic does not exist');
  });

  it('delivers to an email address once it is confirmed', async () => {
    const { account, counts, publish, sns, subscribe, TopicArn } = await worldWithTopic();
    expect((await subscribe()).SubscriptionArn).toBe('pending confirmation');
    await publish({ Message: 'lost' });
    expect(await counts()).toEqual(['0', '1', '0']);
    confirmSubscriptions(account, Endpoint);
    expect(await counts()).toEqual(['1', '0', '0']);
    await publish({
      Subject: 'hello',
      Message: 'a <b> & "c"\r\nü',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'test' } },
    });
    expect(account.inbox.forEndpoint(Endpoint)).toEqual([
      {
        at: START,
        topicArn: TopicArn,
        endpoint: Endpoint,
        protocol: 'email',
        subject: 'hello',
        message: 'a <b> & "c"\r\nü',
        attributes: { kind: 'test' },
      },
    ]);
    expect(account.inbox.publications).toHaveLength(2);
    const listed = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    const SubscriptionArn = listed.Subscriptions?.[0]?.SubscriptionArn;
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    expect(await counts()).toEqual(['0', '0', '1']);
  });

  it.each([
    {
      name: 'a subject of 100 characters',
      input: { Subject: 'x'.repeat(100) },
      says: 'InvalidParameterException: Invalid parameter: Subject',
    },
    {
      name: 'a subject with a line break',
      input: { Subject: 'a\nb' },
      says: 'InvalidParameterException: Invalid parameter: Subject',
    },
    {
      name: 'an empty message',
      input: { Message: '' },
      says: 'InvalidParameterException: Invalid parameter: Empty message',
    },
    {
      name: 'a message one byte too long',
      input: { Message: 'x'.repeat(262_145) },
      says: 'InvalidParameterException: Invalid parameter: Message too long',
    },
    {
      name: 'a message too long in bytes though not in characters',
      input: { Message: 'ü'.repeat(140_000) },
      says: 'InvalidParameterException: Invalid parameter: Message too long',
    },
    {
      name: 'nothing at the very limits',
      input: { Subject: 'x'.repeat(99), Message: 'x'.repeat(262_144) },
      says: 'no failure',
    },
    {
      name: 'a topic that is missing',
      input: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:none' },
      says: 'NotFoundException: Topic does not exist',
    },
  ])('refuses $name', async ({ input, says }) => {
    const { publish } = await worldWithTopic();
    expect(await failureOf(publish(input))).toBe(says);
  });

  it('suspends an email subscription that is flooded', async () => {
    const { account, clock, counts, publish, subscribe } = await worldWithTopic();
    await subscribe();
    confirmSubscriptions(account);
    for (let count = 0; count < 10; count += 1) await publish();
    await clock.advanceBy(1000);
    expect(await counts()).toEqual(['1', '0', '0']);
    for (let count = 0; count < 11; count += 1) await publish();
    expect(await counts()).toEqual(['0', '1', '0']);
    expect(account.inbox.messages).toHaveLength(20);
  });
});

describe('STS', () => {
  it('knows who calls, and who calls in which role', async () => {
    const { account, sts } = simWorld();
    const user = await sts.send(new GetCallerIdentityCommand({}));
    expect(user).toMatchObject({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/AKIATEST' });
    const RoleArn = 'arn:aws:iam::111122223333:role/path/Backup';
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'night' }));
    expect(Credentials?.Expiration).toEqual(new Date(START + HOUR));
    const assumed = new STSClient({
      region: 'us-east-1',
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
      },
      requestHandler: requestHandlerOf(account),
    });
    const role = await assumed.send(new GetCallerIdentityCommand({}));
    expect(role.Arn).toBe('arn:aws:sts::111122223333:assumed-role/Backup/night');
  });

  it.each([
    {
      name: 'a role that is none',
      input: { RoleArn: 'arn:aws:iam::111122223333:user/x', RoleSessionName: 'abc' },
    },
    {
      name: 'a session name of one letter',
      input: { RoleArn: 'arn:aws:iam::111122223333:role/x', RoleSessionName: 'a' },
    },
    {
      name: 'a session of a minute',
      input: { RoleArn: 'arn:aws:iam::111122223333:role/x', RoleSessionName: 'abc', DurationSeconds: 60 },
    },
  ])('refuses $name', async ({ input }) => {
    expect(await failureOf(simWorld().sts.send(new AssumeRoleCommand(input)))).toMatch(/^ValidationError/);
  });
});
