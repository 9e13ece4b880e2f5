import { UserError } from '../../model/errors.ts';
import type { SecretCheck, SecretDoubt } from '../../ports/secret-check.ts';
import type { Secret } from '../../ports/secrets.ts';
import { heartbeatUrl } from '../heartbeat/heartbeat-url.ts';
import { webhookForm } from '../slack/webhook-form.ts';
import { readWebhookUrl } from '../slack/webhook-url.ts';

const WHOLE =
  'Copy the whole address from the settings of the webhook in Slack: https://hooks.slack.com/services/, and three parts behind it.';

const mistyped = (name: string): UserError =>
  new UserError({
    code: 'webhook-mistyped',
    what: `What stands in ${name} is nearly the address of a Slack webhook: its host or its path is another.`,
    fix: WHOLE,
  });

const notSlack = (name: string): SecretDoubt => ({
  what: `${name} holds an address, but not one of Slack`,
  fix: `Leave it if that server takes what Slack takes. Otherwise: ${WHOLE}`,
});

/** Given the secret that holds a webhook's address, returns the look at its form. At the edge nothing is posted there. */
export const webhookCheck = (secret: Secret): SecretCheck => ({
  name: secret.name,
  check: async () => {
    const form = webhookForm(await readWebhookUrl(secret));
    if (form === 'mistyped') throw mistyped(secret.name);
    return form === 'other' ? notSlack(secret.name) : undefined;
  },
});

/** Given the secret that holds a check's address, returns the look at its form. At the edge nothing is sent there. */
export const heartbeatCheck = (secret: Secret): SecretCheck => ({
  name: secret.name,
  check: async () => {
    heartbeatUrl(await secret.read(), secret.name, 'success');
    return undefined;
  },
});
