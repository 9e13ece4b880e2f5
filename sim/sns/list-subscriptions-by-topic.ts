import type { Operation } from '../operation.ts';
import { shownArn } from './subscriptions.ts';
import { existingTopic, pageOf } from './topics.ts';

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
