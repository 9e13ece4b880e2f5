import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { expect } from 'vitest';
import { errorOf } from '../doing.ts';
import type { Story, World } from '../story.ts';

const MAX_BYTES = 262_144;
const SUBJECT = '[Tablekeeper prod] 1 new, critical: PITR off on orders';

const makeTopic = async ({ sns }: World): Promise<string> =>
  (await sns.send(new CreateTopicCommand({ Name: 'alerts' }))).TopicArn ?? '';

const publish = ({ sns }: World, TopicArn: string, Message: string, Subject = SUBJECT) =>
  sns.send(new PublishCommand({ TopicArn, Subject, Message }));

const subscribeByMail = ({ sns }: World, TopicArn: string) =>
  sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' }));

const attributesOf = async ({ sns }: World, TopicArn: string) =>
  (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes ?? {};

export const SNS_STORIES: readonly Story[] = [
  {
    name: 'a topic that is made twice is one topic',
    tell: async (world) => {
      const arn = await makeTopic(world);
      expect(arn).toMatch(/^arn:aws:sns:us-east-1:\d{12}:alerts$/);
      expect(await makeTopic(world)).toBe(arn);
    },
  },
  {
    name: 'a message reaches a subscriber with its subject and every line of it',
    tell: async (world) => {
      const topic = await makeTopic(world);
      const letterbox = await world.letterbox(topic);
      const message = 'CRITICAL\n\n  PITR off on orders, since 03:00 — “switch it on”.\n';
      await publish(world, topic, message);
      expect(await letterbox.read()).toEqual([{ subject: SUBJECT, message }]);
    },
  },
  {
    name: 'a message to a topic that is not there is not found',
    tell: async (world) => {
      const topic = `${await makeTopic(world)}-of-old`;
      expect(await errorOf(publish(world, topic, 'hello'))).toBe('NotFoundException');
    },
  },
  {
    name: 'a message of 262,144 bytes leaves, and one of a byte more does not',
    tell: async (world) => {
      const topic = await makeTopic(world);
      expect((await publish(world, topic, 'x'.repeat(MAX_BYTES))).MessageId).toMatch(/^[0-9a-f-]{36}$/);
      const tooLong = publish(world, topic, 'x'.repeat(MAX_BYTES + 1));
      expect(await errorOf(tooLong)).toBe('InvalidParameterException');
    },
  },
  {
    name: 'the size of a message is its bytes, not its letters',
    tell: async (world) => {
      const topic = await makeTopic(world);
      const tooLong = publish(world, topic, 'ü'.repeat(MAX_BYTES / 2 + 1));
      expect(await errorOf(tooLong)).toBe('InvalidParameterException');
    },
  },
  {
    name: 'a message without text does not leave',
    tell: async (world) => {
      const topic = await makeTopic(world);
      expect(await errorOf(publish(world, topic, ''))).toBe('InvalidParameterException');
    },
  },
  {
    name: 'a subject of 99 letters leaves',
    tell: async (world) => {
      const topic = await makeTopic(world);
      const letterbox = await world.letterbox(topic);
      await publish(world, topic, 'hello', 'x'.repeat(99));
      expect((await letterbox.read()).map(({ subject }) => subject.length)).toEqual([99]);
    },
  },
  {
    name: 'a subject of 100 letters does not leave',
    tell: async (world) => {
      const topic = await makeTopic(world);
      const call = publish(world, topic, 'hello', 'x'.repeat(100));
      expect(await errorOf(call)).toBe('InvalidParameterException');
    },
  },
  {
    name: 'a subject of more than one line does not leave',
    tell: async (world) => {
      const topic = await makeTopic(world);
      const call = publish(world, topic, 'hello', 'one\ntwo');
      expect(await errorOf(call)).toBe('InvalidParameterException');
    },
  },
  {
    name: 'a topic tells its subscribers, and counts them as text',
    tell: async (world) => {
      const TopicArn = await makeTopic(world);
      await world.letterbox(TopicArn);
      const { Subscriptions = [] } = await world.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
      expect(Subscriptions.map(({ Protocol }) => Protocol)).toEqual(['sqs']);
      expect((await attributesOf(world, TopicArn)).SubscriptionsConfirmed).toBe('1');
    },
  },
  {
    name: 'a subscription by mail waits until somebody confirms it',
    tell: async (world) => {
      const topic = await makeTopic(world);
      const { SubscriptionArn } = await subscribeByMail(world, topic);
      expect(SubscriptionArn).toBe('pending confirmation');
      const counts = await attributesOf(world, topic);
      expect(counts).toMatchObject({ SubscriptionsConfirmed: '0', SubscriptionsPending: '1' });
    },
  },
];
