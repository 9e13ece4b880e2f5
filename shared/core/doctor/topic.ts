import { advise, type Command } from '../../model/advice.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Subscriber, TopicState } from '../../model/topic-state.ts';
import { subscriberText } from '../text/subscriber.ts';
import { counted } from '../text/words.ts';

const ITEM = 'subscriptions';

/** Builds the command that lists subscribers; unconfirmed ones show as PendingConfirmation in its answer. */
const whoOf = (topicArn: string): Command => [
  ...['aws', 'sns', 'list-subscriptions-by-topic'],
  ...['--topic-arn', topicArn],
];

const subscribeOf = (topicArn: string): Command => [
  ...['aws', 'sns', 'subscribe', '--protocol', 'email'],
  ...['--notification-endpoint', 'you@example.com', '--topic-arn', topicArn],
];

const CLICK =
  'Click the link in the mail that AWS sent, which is good for two days; subscribing the same address again sends another:';

const AGAIN = 'If it is meant to receive alerts, subscribe it again and confirm as docs/deploy.md says:';

const waitingText = (pending: number, more: string): string => {
  if (pending === 0) return '';
  const who = counted(pending, `${more}waits`, `${more}wait`);
  return `; ${who} for the link in a mail to be clicked, and ${pending === 1 ? 'hears' : 'hear'} nothing`;
};

type Named = Pick<Subscriber, 'protocol' | 'endpoint'>;

const namesText = (word: string, subscribers: readonly Named[]): readonly string[] =>
  subscribers.length === 0 ? [] : [`${word}: ${subscribers.map(subscriberText).toSorted().join(', ')}`];

/**
 * Reports on the subscriptions of the alert topic. One confirmed subscription is enough; a pending one beside it is
 * still advised about because its owner may believe that they receive alerts.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html (checked 2026-11-25)
 */
export const subscriptionsDiagnosis = (
  { confirmed, pending, subscribers = [] }: TopicState,
  topicArn: string,
  lost: readonly Named[] = [],
): Diagnosis => {
  if (confirmed === 0) {
    const fix = advise(
      pending === 0 ? 'Subscribe somebody, and click the link in the mail that comes:' : CLICK,
      subscribeOf(topicArn),
    );
    return { item: ITEM, status: 'missing', says: `none is confirmed${waitingText(pending, '')}`, fix };
  }
  const says = [
    `${confirmed} confirmed${waitingText(pending, 'more ')}`,
    ...namesText(
      'receiving',
      subscribers.filter((one) => one.confirmed),
    ),
    ...namesText(
      'waiting',
      subscribers.filter((one) => !one.confirmed),
    ),
    ...namesText('no longer subscribed', lost),
  ].join('; ');
  if (pending === 0 && lost.length === 0) return { item: ITEM, status: 'fine', says };
  return {
    item: ITEM,
    status: 'advised',
    says,
    fix: advise(pending === 0 ? AGAIN : CLICK, whoOf(topicArn), subscribeOf(topicArn)),
  };
};
