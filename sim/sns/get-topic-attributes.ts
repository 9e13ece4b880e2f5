import type { Operation } from '../operation.ts';
import { existingTopic } from './topics.ts';

/** The counts are strings. */
export const getTopicAttributes: Operation = (context, input) => {
  const topic = existingTopic(context, input.TopicArn);
  const confirmed = [...topic.subscriptions.values()].filter(
    (subscription) => subscription.isConfirmed,
  ).length;
  const attributes = {
    TopicArn: topic.arn,
    Owner: context.account.accountId,
    DisplayName: '',
    ...topic.attributes,
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(topic.subscriptions.size - confirmed),
    SubscriptionsDeleted: String(topic.deletedSubscriptions),
  };
  return { Attributes: new Map(Object.entries(attributes)) };
};
