import { serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';

export const unsubscribe: Operation = ({ account }, input) => {
  const arn = String(input.SubscriptionArn);
  const topic = account.state.topics.get(arn.slice(0, arn.lastIndexOf(':')));
  if (!topic) throw serviceFailure('NotFound', 'Subscription does not exist', 404);
  if (topic.subscriptions.delete(arn)) topic.deletedSubscriptions += 1;
  return {};
};
