import { WEBHOOK } from '../adapters/channels/webhook.ts';
import { webhookDocument } from '../core/messages/webhook/document.ts';
import type { ChannelParts } from './compose-channel.ts';

/** Any server: one signed document. */
export const WEBHOOK_CHANNEL: ChannelParts = {
  name: 'webhook',
  service: WEBHOOK,
  render: (message) => [{ id: message.id, body: webhookDocument(message) }],
};
