import { UserError } from '../../model/errors.ts';
import type { Secret } from '../../ports/secrets.ts';

/** Names of this machine. */
export const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Nothing that is secret leaves this machine unencrypted. */
const isUsable = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));

/**
 * Given the secret that holds a webhook's address, returns the address. At the edge what is no https address is a `UserError` that names the
 * parameter and never what stands in it: a mistyped secret is still one.
 */
export const readWebhookUrl = async (secret: Secret): Promise<URL> => {
  const url = URL.parse(await secret.read());
  if (url !== null && isUsable(url)) return url;
  secret.forget();
  throw new UserError({
    code: 'webhook-mistyped',
    what: `What stands in ${secret.name} is not the address of a Slack webhook.`,
    fix: 'Write the whole address into it; it begins with https://hooks.slack.com/services/.',
  });
};
