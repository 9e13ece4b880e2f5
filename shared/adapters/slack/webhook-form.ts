import { LOOPBACK } from './webhook-url.ts';

/**
 * How an address stands to those of Slack's webhooks. `slack`: it is one by its form · `mistyped`: it was meant to be one · `other`: it is
 * somebody else's, which may take what Slack takes.
 */
export type WebhookForm = 'slack' | 'mistyped' | 'other';

const SLACK_HOSTS = new Set(['hooks.slack.com', 'hooks.slack-gov.com']);

/** Slack's own: `/services/T…/B…/…`, or one that starts a workflow. */
const SLACK_PATH = /^\/(?:services(?:\/[\w-]+){3}|(?:workflows|triggers)(?:\/[\w-]+){2,})\/?$/;

/** Hardly anybody else's address has such a path, or such a host. */
const PATH_LIKE_SLACK = /^\/services\/T[\w-]*\/B[\w-]*\//;
const HOST_LIKE_SLACK = /(?:^|\.)slack(?:-gov)?\.\w+$/;

/**
 * Given an address, returns whether it is one of a Slack webhook by its host and path. At the edge one on this machine is taken for what it
 * says, and one with Slack's path at another host, or with a host much like Slack's, was mistyped.
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks (checked 2026-11-25)
 */
export const webhookForm = ({ hostname, pathname }: URL): WebhookForm => {
  if (SLACK_HOSTS.has(hostname)) return SLACK_PATH.test(pathname) ? 'slack' : 'mistyped';
  if (LOOPBACK.has(hostname)) return 'other';
  return PATH_LIKE_SLACK.test(pathname) || HOST_LIKE_SLACK.test(hostname) ? 'mistyped' : 'other';
};
