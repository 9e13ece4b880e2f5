import type { Notifier } from '../../ports/notifier.ts';
import type { Subscriptions } from '../../ports/subscriptions.ts';

/**
 * Given a notifier that publishes on a topic, returns one that does so only where somebody listens: SNS takes a message for nobody and
 * answers as if it had arrived. At the edge, where the subscriptions cannot be read, the message is sent all the same; where there is none
 * that was confirmed, it throws, so that the message does not count as told.
 */
export const heardNotifier = (notifier: Notifier, subscriptions: Pick<Subscriptions, 'read'>): Notifier => ({
  send: async (message) => {
    const reading = await subscriptions.read();
    if (reading.kind === 'found' && reading.value.confirmed === 0)
      throw new Error('nobody has confirmed a subscription of the alert topic');
    await notifier.send(message);
  },
});
