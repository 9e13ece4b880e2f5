import { LOOPBACK } from './webhook-url.ts';

/**
 * How an address stands to those of Slack's webhooks. `slack`: it is one by its form · `mistyped`: it was meant to be one · `other`: it is
 * somebody else's, which may take what Slack takes.
 */
export type WebhookForm = 'slack' | 'mistyped' | 'other';

const SLACK_HOSTS = new Set(['hooks.slack.com', 'hooks.slack-gov.com']);

/** Slack's own: `/services/T…/B…/…`, or one that starts a workflow. */
const SLACK_PATH = /^\/(?:services(?:\/[\w-]+){3}|(?:workflows|triggers)(?:\/[\w-]+){2,})\/?$/;

/** Nobody else's path begins so, and a host with that word in it is meant to be Slack's. */
const LIKE_SLACK = /slack/;

/**
 * Given an address, returns whether it is one of a Slack webhook by its host and path. At the edge one on this machine is taken for what it
 * says, and one with Slack's path at another host, or with a host much like Slack's, was mistyped.
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks (checked 2026-11-25)
 */
export const webhookForm = ({ hostname, pathname }: URL): WebhookForm => {
  const hasPath = SLACK_PATH.test(pathname);
  if (SLACK_HOSTS.has(hostname)) return hasPath ? 'slack' : 'mistyped';
  if (LOOPBACK.has(hostname)) return 'other';
  return hasPath || LIKE_SLACK.test(hostname) ? 'mistyped' : 'other';
};
