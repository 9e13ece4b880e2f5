import type { Operation } from '../operation.ts';
import { existingTopic, invalidParameter } from './topics.ts';

export const confirmSubscription: Operation = (context, input) => {
  const topic = existingTopic(context, input.TopicArn);
  const found = [...topic.subscriptions.values()].find((subscription) => subscription.token === input.Token);
  if (!found) throw invalidParameter('Token');
  found.isConfirmed = true;
  return { SubscriptionArn: found.arn };
};
