/**
 * How an address stands to those of Slack's webhooks. `slack`: it is one by its form · `workflow`: it starts a workflow, which takes no
 * messages · `mistyped`: it was meant to be one · `other`: it is somebody else's, which may take what Slack takes.
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
