import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SNSClient,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { Subscriber, TopicState } from '../../model/topic-state.ts';
import type { Listing, Reading } from '../../ports/inventory.ts';
import { type ClientOptions, clientConfig, paceClient } from './clients.ts';
import { type Page, pageWithout, readPages } from './paginate.ts';
import { readingOf, statedList, statedText } from './reading.ts';

/** The service states its counts as text. */
const countOf = (text: unknown): number | undefined =>
  typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : undefined;

/** What replaces an ARN while it waits for confirmation, and once it was deleted. */
const PENDING = 'PendingConfirmation';
const DELETED = 'Deleted';

const toSubscriber = ({ Protocol, Endpoint, SubscriptionArn }: Subscription): Subscriber | undefined => {
  const protocol = statedText(Protocol);
  const endpoint = statedText(Endpoint);
  const arn = statedText(SubscriptionArn);
  if (protocol === undefined || endpoint === undefined || arn === undefined) return undefined;
  return { protocol, endpoint, confirmed: arn !== PENDING };
};

const toPage = (subscriptions: readonly Subscription[] | undefined, token: unknown): Page<Subscriber> => {
  const stated = statedList(subscriptions);
  if (stated === undefined) return pageWithout('Subscriptions');
  const there = stated.filter(({ SubscriptionArn }) => SubscriptionArn !== DELETED);
  const items = there.map(toSubscriber).filter((subscriber) => subscriber !== undefined);
  const isWhole = items.length === there.length;
  return { items, token, ...(!isWhole && { gap: 'an entry lacks a protocol, an endpoint or an ARN' }) };
};

/** What can be read of a topic. */
export interface TopicReader {
  count(): Promise<Reading<TopicState>>;
  list(): Promise<Listing<Subscriber>>;
}

/**
 * Returns what reads how many subscriptions a topic has, and which. An answer without these counts, and an entry that is not whole, is said in
 * words.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html (checked 2026-11-22)
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html (as the SDK quotes it)
 */
export const createTopicReader = (options: ClientOptions, topicArn: string): TopicReader => {
  const client = paceClient(new SNSClient(clientConfig(options)), options);
  return {
    count: () =>
      readingOf('GetTopicAttributes', async () => {
        const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
        const confirmed = countOf(Attributes?.SubscriptionsConfirmed);
        const pending = countOf(Attributes?.SubscriptionsPending);
        if (confirmed === undefined || pending === undefined)
          return 'the answer does not say how many subscriptions there are';
        return { confirmed, pending };
      }),
    list: () =>
      readPages('ListSubscriptionsByTopic', async (token) => {
        const { Subscriptions, NextToken } = await client.send(
          new ListSubscriptionsByTopicCommand({
            TopicArn: topicArn,
            ...(token !== undefined && { NextToken: token }),
          }),
        );
        return toPage(Subscriptions, NextToken);
      }),
  };
};
