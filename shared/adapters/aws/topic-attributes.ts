import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import type { TopicState } from '../../model/topic-state.ts';
import { type ClientOptions, clientConfig } from './client-options.ts';
import { paceClient } from './pace-client.ts';

/** The service states its counts as text. */
const countOf = (text: unknown): number | undefined =>
  typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : undefined;

/**
 * Given a topic, returns what reads how many subscriptions it has. At the edge an answer without these counts is told in words, and what
 * the service refuses is thrown.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html (checked 2026-11-22)
 */
export const createTopicReader = (
  options: ClientOptions,
  topicArn: string,
): (() => Promise<TopicState | string>) => {
  const client = paceClient(new SNSClient(clientConfig(options)), options);
  return async () => {
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
    const confirmed = countOf(Attributes?.SubscriptionsConfirmed);
    const pending = countOf(Attributes?.SubscriptionsPending);
    if (confirmed === undefined || pending === undefined)
      return 'the answer does not say how many subscriptions there are';
    return { confirmed, pending };
  };
};
