import type { SecretCheck } from '../../ports/secret-check.ts';
import type { Secret } from '../../ports/secrets.ts';
import { heartbeatUrl } from '../heartbeat/heartbeat-url.ts';
import { readWebhookUrl } from '../slack/webhook-url.ts';

/** Given the secret that holds a webhook's address, returns the look at its form. At the edge nothing is posted there. */
export const webhookCheck = (secret: Secret): SecretCheck => ({
  name: secret.name,
  check: async () => {
    await readWebhookUrl(secret);
  },
});

/** Given the secret that holds a check's address, returns the look at its form. At the edge nothing is sent there. */
export const heartbeatCheck = (secret: Secret): SecretCheck => ({
  name: secret.name,
  check: async () => {
    heartbeatUrl(await secret.read(), secret.name, 'success');
  },
});
