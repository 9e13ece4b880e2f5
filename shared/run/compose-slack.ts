import { SLACK } from '../adapters/channels/slack.ts';
import { renderSlackMessage } from '../core/messages/slack/message.ts';
import type { ChannelParts } from './compose-channel.ts';

/** Slack: one message in blocks, and in text alone where Slack refuses those. */
export const SLACK_CHANNEL: ChannelParts = {
  name: 'slack',
  service: SLACK,
  render: (message) => {
    const { rich, plain } = renderSlackMessage(message);
    return [{ id: message.id, body: rich, plain }];
  },
};
