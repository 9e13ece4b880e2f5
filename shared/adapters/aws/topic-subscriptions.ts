import type { TopicState } from '../../model/topic-state.ts';
import type { Subscriptions } from '../../ports/subscriptions.ts';
import type { ClientOptions } from './client-options.ts';
import { readingOf } from './reading.ts';

/**
 * Given a topic, returns its subscriptions. The SNS client is loaded with the first look: only audits have one.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html (checked 2026-11-22)
 */
export const createTopicSubscriptions = (options: ClientOptions, topicArn: string): Subscriptions => {
  let loading: Promise<() => Promise<TopicState | string>> | undefined;
  const load = async () => {
    const { createTopicReader } = await import('./topic-attributes.ts');
    return createTopicReader(options, topicArn);
  };
  return {
    read: async () => {
      loading ??= load();
      const readTopic = await loading;
      return await readingOf('GetTopicAttributes', readTopic);
    },
  };
};
