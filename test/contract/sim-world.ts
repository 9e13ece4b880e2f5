import { SubscribeCommand } from '@aws-sdk/client-sns';
import { createAccount, type SimAccount } from '../../sim/account.ts';
import { createVirtualClock } from '../../sim/clock.ts';
import { putFunction } from '../../sim/console/services.ts';
import type { contractClients } from './clients.ts';
import type { World } from './story.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:letters';

/**
 * Creates a simulated account without rates: a story checks what is answered, not how fast one may
 * ask.
 */
export const contractAccount = (): SimAccount =>
  createAccount({ clock: createVirtualClock(Date.UTC(2026, 0, 1)), rates: 'off' });

/** Wraps an account and its clients as the stories see them. */
export const simWorld = (account: SimAccount, clients: ReturnType<typeof contractClients>): World => ({
  ...clients,
  pass: (ms) => account.clock.advanceBy(ms),
  bucket: async () => undefined,
  function: async (name) => putFunction(account, name),
  letterbox: async (TopicArn) => {
    await clients.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: QUEUE }));
    return {
      read: async () =>
        account.inbox.forEndpoint(QUEUE).map(({ subject, message }) => ({ subject, message })),
    };
  },
});
