import { assertNever, type UserError } from '../../model/errors.ts';
import {
  type AddressFault,
  type Asking,
  addressFaultText,
  readOutsideAddress,
} from '../system/outside-address.ts';
import { type Destination, mistake, type Service } from './service.ts';

/**
 * How an address compares to those of Slack's webhooks. `slack`: it has their form · `workflow`: it starts a workflow, which takes no messages ·
 * `mistyped`: it was meant to be one · `other`: it is another server's, which may take what Slack takes.
 */
export type WebhookForm = 'slack' | 'workflow' | 'mistyped' | 'other';

/** That of Slack's own government cloud: not verified. */
const SLACK_HOSTS = new Set(['hooks.slack.com', 'hooks.slack-gov.com']);

/** An incoming webhook: `/services/T…/B…/…` (checked 2026-11-28). */
const MESSAGES = /^\/services(?:\/[\w-]+){3}\/?$/;

/** What starts a workflow (`/triggers/`, checked 2026-11-28; `/workflows/`, the older form: not verified) takes variables that its author chose, as flat JSON, and refuses every message. */
const WORKFLOWS = /^\/(?:workflows|triggers)(?:\/|$)/;

/** Hardly anybody else's address has such a path, or such a host. */
const PATH_LIKE_SLACK = /^\/services\/T[\w-]*\/B[\w-]*\//;
const HOST_LIKE_SLACK = /(?:^|\.)slack(?:-gov)?\.\w+$/;

/** A server on this machine is taken for what it says; only tests and demonstrations have one. */
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

const formAtSlack = (pathname: string): WebhookForm => {
  if (WORKFLOWS.test(pathname)) return 'workflow';
  return MESSAGES.test(pathname) ? 'slack' : 'mistyped';
};

/**
 * Returns what an address is by its host and path. One with Slack's path at another host, or with a host much like Slack's, was mistyped.
 * @see https://docs.slack.dev/tools/slack-github-action/sending-data-slack-incoming-webhook (checked 2026-11-28)
 * @see https://api.slack.com/automation/triggers/webhook (checked 2026-11-28)
 */
export const webhookForm = ({ hostname, pathname }: URL): WebhookForm => {
  if (SLACK_HOSTS.has(hostname)) return formAtSlack(pathname);
  if (LOOPBACK.has(hostname)) return 'other';
  return PATH_LIKE_SLACK.test(pathname) || HOST_LIKE_SLACK.test(hostname) ? 'mistyped' : 'other';
};

/** What to write instead. */
const WHOLE_ADDRESS =
  'Copy the whole address from the settings of an incoming webhook in Slack: https://hooks.slack.com/services/, and three parts behind it.';

const WORKFLOW_FIX =
  'Make an incoming webhook (api.slack.com/apps, Incoming Webhooks) and write its address into it: https://hooks.slack.com/services/, and three parts behind it.';

const noAddress = (parameter: string, fault: AddressFault): UserError => {
  const why = fault === 'no-address' ? '' : ` It ${addressFaultText(fault)}.`;
  return mistake(
    `What stands in ${parameter} is not the address of a Slack webhook.${why}`,
    'Write the whole address into it; it begins with https://hooks.slack.com/services/.',
  );
};

/**
 * Parses the address of a webhook. The doctor and the function that posts both use it, so that they accept the same. Throws a `UserError` that names
 * the parameter and never contains its value: a mistyped secret is still a secret.
 */
export const slackAddress = (text: string, parameter: string, asking: Asking): Destination => {
  const reading = readOutsideAddress(text, asking);
  if ('fault' in reading) throw noAddress(parameter, reading.fault);
  const { url } = reading;
  const form = webhookForm(url);
  switch (form) {
    case 'mistyped':
      throw mistake(
        `What stands in ${parameter} is nearly the address of a Slack webhook: its host or its path is another.`,
        WHOLE_ADDRESS,
      );
    case 'workflow':
      throw mistake(
        `What stands in ${parameter} starts a Slack workflow, which takes variables of its own and no messages.`,
        WORKFLOW_FIX,
      );
    case 'slack':
      return { url, isUsual: true };
    case 'other':
      return { url, isUsual: false };
    default:
      return assertNever(form);
  }
};

/**
 * Slack's incoming webhooks. Only a 200 with the body `ok` is Slack's: other pages answer 200 to anything.
 * @see https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks (checked 2026-11-23)
 * @see https://docs.slack.dev/apis/web-api/rate-limits (checked 2026-11-23)
 */
export const SLACK: Service = {
  name: 'Slack',
  refusedCode: 'slack-refused',
  open: slackAddress,
  isTaken: ({ status, word }) => status === 200 && word === 'ok',
  fixOf: (status, parameter) =>
    status === 400
      ? 'It refused the text alone as well: see the mail for what it says.'
      : `Make a webhook of a channel that exists, and write its address into ${parameter}.`,
  doubtOf: (parameter) => ({
    what: `${parameter} holds an address, but not one of Slack`,
    fix: `Leave it if that server takes what Slack takes. Otherwise: ${WHOLE_ADDRESS}`,
  }),
};
