import type { SecretCheck, SecretDoubt } from '../../ports/secret-check.ts';
import type { Secret } from '../../ports/secrets.ts';
import { heartbeatAddress } from '../heartbeat/heartbeat-url.ts';
import { readWebhookAddress, WHOLE_ADDRESS } from '../slack/webhook-url.ts';

const notSlack = (name: string): SecretDoubt => ({
  what: `${name} holds an address, but not one of Slack`,
  fix: `Leave it if that server takes what Slack takes. Otherwise: ${WHOLE_ADDRESS}`,
});

/** Given the secret that holds a webhook's address, returns the look at its form. At the edge nothing is posted there. */
export const webhookCheck = (secret: Secret): SecretCheck => ({
  name: secret.name,
  check: async () => {
    const { isSlack } = await readWebhookAddress(secret, 'to-check');
    return isSlack ? undefined : notSlack(secret.name);
  },
});

/** Given the secret that holds a check's address, returns the look at its form. At the edge nothing is sent there. */
export const heartbeatCheck = (secret: Secret): SecretCheck => ({
  name: secret.name,
  check: async () => {
    heartbeatAddress(await secret.read(), secret.name, 'to-check');
    return undefined;
  },
});
