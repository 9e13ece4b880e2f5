import type { AccountWith } from '../call.ts';
import type { Random } from '../random.ts';
import type { Subscription, Topic, Topics } from './topics.ts';

interface State {
  readonly topics: Topics;
}

/** Somebody has to say yes first. */
const ASKED_FIRST = new Set(['email', 'email-json', 'http', 'https']);

export const shownArn = ({ isConfirmed, arn }: Subscription, pending: string): string =>
  isConfirmed ? arn : pending;

export const addSubscription = (
  account: AccountWith<State & { readonly random: Random }>,
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

/** What the person does who clicks the link in the mail: every pending subscription of that endpoint, or of all. */
export const confirmSubscriptions = (account: AccountWith<State>, endpoint?: string): void => {
  for (const topic of account.state.topics.values()) {
    for (const subscription of topic.subscriptions.values()) {
      if (endpoint === undefined || subscription.endpoint === endpoint) subscription.isConfirmed = true;
    }
  }
};
