import type { Notifier } from '../../ports/notifier.ts';
import type { Subscriptions } from '../../ports/subscriptions.ts';

/**
 * Adds to a notifier that publishes on a topic the question whether anybody listens: SNS takes a message for nobody and answers as if it had
 * arrived. `prepare` throws where no subscription is confirmed; where that cannot be read, the message is sent all the same.
 */
export const heardNotifier = (notifier: Notifier, subscriptions: Pick<Subscriptions, 'read'>): Notifier => ({
  prepare: async () => {
    const reading = await subscriptions.read();
    if (reading.kind === 'found' && reading.value.confirmed === 0)
      throw new Error('nobody has confirmed a subscription of the alert topic');
    await notifier.prepare();
  },
  send: (message) => notifier.send(message),
});
