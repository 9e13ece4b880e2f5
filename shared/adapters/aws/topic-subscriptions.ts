import type { Subscriptions } from '../../ports/doctor.ts';
import type { ClientOptions } from './clients.ts';
import type { TopicReader } from './topic-attributes.ts';

/** Returns the subscriptions of a topic. The SNS client is loaded with the first look: most runs have none. */
export const createTopicSubscriptions = (options: ClientOptions, topicArn: string): Subscriptions => {
  let loading: Promise<TopicReader> | undefined;
  const load = async (): Promise<TopicReader> => {
    const { createTopicReader } = await import('./topic-attributes.ts');
    return createTopicReader(options, topicArn);
  };
  const reader = (): Promise<TopicReader> => {
    loading ??= load();
    return loading;
  };
  return {
    read: async () => (await reader()).count(),
    list: async () => (await reader()).list(),
  };
};
