import { TEAMS } from '../adapters/channels/teams.ts';
import { renderTeamsMessage } from '../core/messages/teams/message.ts';
import type { ChannelParts } from './compose-channel.ts';

/** Teams: one card. */
export const TEAMS_CHANNEL: ChannelParts = {
  name: 'teams',
  service: TEAMS,
  render: (message) => [{ id: message.id, body: renderTeamsMessage(message) }],
};
