import { WEBHOOK_CHANNEL } from '../shared/run/compose-webhook.ts';
import { onTopic } from './topic.ts';

/** Passes on to a server of your own what is published on the alert topic. */
export const handler = onTopic(WEBHOOK_CHANNEL);
