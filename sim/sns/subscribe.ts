import type { Operation } from '../operation.ts';
import { addSubscription, shownArn } from './subscriptions.ts';
import { existingTopic, invalidParameter } from './topics.ts';

const PROTOCOLS = ['application', 'email', 'email-json', 'firehose', 'http', 'https', 'lambda', 'sms', 'sqs'];

/** The same endpoint again gives the same subscription. */
export const subscribe: Operation = (context, input) => {
  const topic = existingTopic(context, input.TopicArn);
  const { Protocol: protocol, Endpoint: endpoint } = input;
  if (typeof protocol !== 'string' || !PROTOCOLS.includes(protocol)) throw invalidParameter('Protocol');
  if (typeof endpoint !== 'string') throw invalidParameter('Endpoint');
  if (protocol.startsWith('email') && !endpoint.includes('@')) throw invalidParameter('Email address');
  const known = [...topic.subscriptions.values()].find(
    (subscription) => subscription.protocol === protocol && subscription.endpoint === endpoint,
  );
  const subscription = known ?? addSubscription(context.account, topic, protocol, endpoint);
  const isAsked = input.ReturnSubscriptionArn === 'true';
  return { SubscriptionArn: isAsked ? subscription.arn : shownArn(subscription, 'pending confirmation') };
};
