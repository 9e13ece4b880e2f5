import type { AccountWith } from '../call.ts';
import type { Random } from '../random.ts';
import type { Subscription, Topic } from './topics.ts';

/** Somebody has to say yes first. */
const ASKED_FIRST = new Set(['email', 'email-json', 'http', 'https']);

export const shownArn = ({ isConfirmed, arn }: Subscription, pending: string): string =>
  isConfirmed ? arn : pending;

export const addSubscription = (
  account: AccountWith<{ readonly random: Random }>,
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
