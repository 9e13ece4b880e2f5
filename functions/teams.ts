import { TEAMS_CHANNEL } from '../shared/run/compose-teams.ts';
import { onTopic } from './topic.ts';

/** Passes on to Teams what is published on the alert topic. */
export const handler = onTopic(TEAMS_CHANNEL);
