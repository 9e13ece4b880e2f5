import { PAGERDUTY } from '../adapters/channels/pagerduty.ts';
import { pagerdutyEvents } from '../core/messages/pagerduty/events.ts';
import type { ChannelParts } from './compose-channel.ts';

/** PagerDuty: one event for each incident that a message opens, reminds of or ends. */
export const PAGERDUTY_CHANNEL: ChannelParts = {
  name: 'pagerduty',
  service: PAGERDUTY,
  render: (message) => pagerdutyEvents(message).map((event) => ({ id: event.dedup_key, body: event })),
};
