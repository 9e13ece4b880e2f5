import type { ChannelName } from '../../model/channel.ts';
import { PAGERDUTY } from './pagerduty.ts';
import type { Service } from './service.ts';
import { SLACK } from './slack.ts';
import { TEAMS } from './teams.ts';
import { WEBHOOK } from './webhook.ts';

/** Every service that alerts are passed on to. A function has one of them; whoever checks what is deployed has all. */
export const SERVICES: Readonly<Record<ChannelName, Service>> = {
  slack: SLACK,
  teams: TEAMS,
  pagerduty: PAGERDUTY,
  webhook: WEBHOOK,
};
