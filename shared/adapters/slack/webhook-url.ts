import { assertNever, UserError } from '../../model/errors.ts';
import type { Secret } from '../../ports/secrets.ts';
import {
  type AddressFault,
  type Asking,
  addressFaultText,
  readOutsideAddress,
} from '../system/outside-address.ts';
import { webhookForm } from './webhook-form.ts';

/** Where messages go, and whether that is Slack itself. */
export interface WebhookAddress {
  readonly url: URL;
  readonly isSlack: boolean;
}

/** What to write instead. */
export const WHOLE_ADDRESS =
  'Copy the whole address from the settings of an incoming webhook in Slack: https://hooks.slack.com/services/, and three parts behind it.';

const WORKFLOW_FIX =
  'Make an incoming webhook (api.slack.com/apps, Incoming Webhooks) and write its address into it: https://hooks.slack.com/services/, and three parts behind it.';

const mistake = (what: string, fix = WHOLE_ADDRESS): UserError =>
  new UserError({ code: 'webhook-mistyped', what, fix });

const noAddress = (parameter: string, fault: AddressFault): UserError => {
  const why = fault === 'no-address' ? '' : ` It ${addressFaultText(fault)}.`;
  return mistake(
    `What stands in ${parameter} is not the address of a Slack webhook.${why}`,
    'Write the whole address into it; it begins with https://hooks.slack.com/services/.',
  );
};

/**
 * Returns where a text says that messages go. The doctor and the function that posts both ask here, so that neither takes what the other does
 * not. Throws a `UserError` that names the parameter and never what stands in it: a mistyped secret is still one.
 */
export const webhookAddress = (text: string, parameter: string, asking: Asking): WebhookAddress => {
  const reading = readOutsideAddress(text, asking);
  if ('fault' in reading) throw noAddress(parameter, reading.fault);
  const { url } = reading;
  const form = webhookForm(url);
  switch (form) {
    case 'mistyped':
      throw mistake(
        `What stands in ${parameter} is nearly the address of a Slack webhook: its host or its path is another.`,
      );
    case 'workflow':
      throw mistake(
        `What stands in ${parameter} starts a Slack workflow, which takes variables of its own and no messages.`,
        WORKFLOW_FIX,
      );
    case 'slack':
      return { url, isSlack: true };
    case 'other':
      return { url, isSlack: false };
    default:
      return assertNever(form);
  }
};

/** Returns where messages go, as the secret says. After a mistake the secret is read again. Throws as `webhookAddress`. */
export const readWebhookAddress = async (secret: Secret, asking: Asking): Promise<WebhookAddress> => {
  const text = await secret.read();
  try {
    return webhookAddress(text, secret.name, asking);
  } catch (error) {
    secret.forget();
    throw error;
  }
};
