import { headlineOf } from '../../../../shared/core/findings/headline.ts';
import { renderSlackMessage } from '../../../../shared/core/messages/slack/message.ts';
import type { SlackMessage, SlackPayload } from '../../../../shared/core/messages/slack/payload.ts';
import type { AlertMessage, ToldFinding } from '../../../../shared/model/alert-message.ts';
import { INSTANCE, NOW, TARGET } from '../../../support/world.ts';

/** An alert without news. */
export const anAlert = (overrides: Partial<AlertMessage> = {}): AlertMessage => ({
  instance: INSTANCE,
  target: TARGET,
  sentAt: NOW,
  runId: '7f2c',
  opened: [],
  worsened: [],
  reminders: [],
  resolved: [],
  leftOut: [],
  ...overrides,
});

const headed = (findings: readonly ToldFinding[]): readonly ToldFinding[] =>
  findings.map((finding) => ({ ...finding, headline: headlineOf(finding) }));

const withHeadlines = (alert: AlertMessage): AlertMessage => ({
  ...alert,
  opened: headed(alert.opened),
  worsened: headed(alert.worsened),
  reminders: headed(alert.reminders),
  resolved: headed(alert.resolved),
});

/** An alert as the Slack function renders it from what stands on the topic. */
export const slackOf = (alert: Partial<AlertMessage>, subject = '[Tablekeeper prod] news'): SlackMessage =>
  renderSlackMessage({
    subject: 'not shown',
    text: JSON.stringify({ version: 1, subject, alert: withHeadlines(anAlert(alert)) }),
  });

export const blocksOf = ({ blocks = [], attachments = [] }: SlackPayload) => [
  ...blocks,
  ...attachments.flatMap((attachment) => attachment.blocks),
];

/** Every text that Slack reads for markup, and the header. */
export const textsOf = (payload: SlackPayload): readonly string[] => [
  payload.text,
  ...(payload.attachments ?? []).map(({ fallback }) => fallback),
  ...blocksOf(payload).flatMap((block) =>
    block.type === 'context' ? block.elements.map(({ text }) => text) : [block.text.text],
  ),
];
