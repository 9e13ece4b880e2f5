import type { Notifier } from '../../ports/notifier.ts';
import type { ClientOptions } from '../aws/client-options.ts';
import type { Publish } from './sns-publish.ts';

/**
 * Given a topic, returns a notifier that publishes to it. The SNS client is loaded with the first message: most runs have none. At the
 * edge a message that did not leave is thrown with its cause. A lost answer is retried, so that a message may come twice but never not.
 */
export const createSnsNotifier = (options: ClientOptions, topicArn: string): Notifier => {
  let loading: Promise<Publish> | undefined;
  const load = async (): Promise<Publish> => {
    const { createPublish } = await import('./sns-publish.ts');
    return createPublish(options, topicArn);
  };
  return {
    prepare: async () => undefined,
    send: async (message) => {
      loading ??= load();
      const publish = await loading;
      await publish(message);
    },
  };
};
