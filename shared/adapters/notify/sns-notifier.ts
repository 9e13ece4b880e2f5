import type { Subscriptions } from '../../ports/doctor.ts';
import type { Notifier } from '../../ports/messages.ts';
import type { ClientOptions } from '../aws/clients.ts';
import type { Publish } from './sns-publish.ts';

/**
 * Creates a notifier that publishes to a topic. The SNS client is loaded with the first message: most runs have none. A message that was not sent is
 * thrown with its cause. A lost response is retried, so a message may arrive twice but is never lost.
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

/**
 * Wraps a notifier that publishes to a topic so that `prepare` throws when no subscription is confirmed: SNS accepts a message without a subscriber
 * as if it had arrived. If subscriptions cannot be read, the message is sent anyway.
 */
export const requireSubscribers = (
  notifier: Notifier,
  subscriptions: Pick<Subscriptions, 'read'>,
): Notifier => ({
  prepare: async () => {
    const reading = await subscriptions.read();
    if (reading.kind === 'found' && reading.value.confirmed === 0)
      throw new Error('nobody has confirmed a subscription of the alert topic');
    await notifier.prepare();
  },
  send: (message) => notifier.send(message),
});

/** Sends nothing. */
export const silentNotifier: Notifier = {
  prepare: async () => undefined,
  send: async () => undefined,
};
