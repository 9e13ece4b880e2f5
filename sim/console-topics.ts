import type { SimAccount } from './account.ts';
import { addSubscription } from './sns/subscription-operations.ts';
import { addTopic } from './sns/topic-operations.ts';

/** Makes a topic whose addresses have all been confirmed, and returns its ARN. */
export const createTopic = (account: SimAccount, name: string, emails: readonly string[] = []): string => {
  const topic = addTopic(account, name, {});
  for (const email of emails) addSubscription(account, topic, 'email', email).isConfirmed = true;
  return topic.arn;
};
