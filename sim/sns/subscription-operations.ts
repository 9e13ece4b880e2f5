import type { SimAccount } from '../account.ts';
import { serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { existingTopic, invalidParameter, pageOf } from './topic-operations.ts';
import type { Subscription, Topic } from './topics.ts';

const PROTOCOLS = ['application', 'email', 'email-json', 'firehose', 'http', 'https', 'lambda', 'sms', 'sqs'];
/** Somebody has to say yes first. */
const ASKED_FIRST = new Set(['email', 'email-json', 'http', 'https']);

const shownArn = ({ isConfirmed, arn }: Subscription, pending: string): string =>
  isConfirmed ? arn : pending;

export const addSubscription = (
  account: SimAccount,
  topic: Topic,
  protocol: string,
  endpoint: string,
): Subscription => {
  const { random } = account.state;
  const subscription: Subscription = {
    arn: `${topic.arn}:${random.uuid()}`,
    topicArn: topic.arn,
    protocol,
    endpoint,
    token: random.hex(64),
    isConfirmed: !ASKED_FIRST.has(protocol),
    recentDeliveries: [],
  };
  topic.subscriptions.set(subscription.arn, subscription);
  return subscription;
};

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

export const confirmSubscription: Operation = (context, input) => {
  const topic = existingTopic(context, input.TopicArn);
  const found = [...topic.subscriptions.values()].find((subscription) => subscription.token === input.Token);
  if (!found) throw invalidParameter('Token');
  found.isConfirmed = true;
  return { SubscriptionArn: found.arn };
};

export const unsubscribe: Operation = ({ account }, input) => {
  const arn = String(input.SubscriptionArn);
  const topic = account.state.topics.get(arn.slice(0, arn.lastIndexOf(':')));
  if (!topic) throw serviceFailure('NotFound', 'Subscription does not exist', 404);
  if (topic.subscriptions.delete(arn)) topic.deletedSubscriptions += 1;
  return {};
};

export const listSubscriptionsByTopic: Operation = (context, input) => {
  const topic = existingTopic(context, input.TopicArn);
  const { page, next } = pageOf([...topic.subscriptions.values()], input.NextToken);
  const subscriptions = page.map((subscription) => ({
    TopicArn: subscription.topicArn,
    Protocol: subscription.protocol,
    SubscriptionArn: shownArn(subscription, 'PendingConfirmation'),
    Owner: context.account.accountId,
    Endpoint: subscription.endpoint,
  }));
  return { Subscriptions: subscriptions, ...next };
};

/** What the person does who clicks the link in the mail: every pending subscription of that endpoint, or of all. */
export const confirmSubscriptions = (account: SimAccount, endpoint?: string): void => {
  for (const topic of account.state.topics.values()) {
    for (const subscription of topic.subscriptions.values()) {
      if (endpoint === undefined || subscription.endpoint === endpoint) subscription.isConfirmed = true;
    }
  }
};
