import { SLACK_CHANNEL } from '../shared/run/compose-slack.ts';
import { onTopic } from './topic.ts';

/** Passes on to Slack what is published on the alert topic. */
export const handler = onTopic(SLACK_CHANNEL);
