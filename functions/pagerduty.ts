import { PAGERDUTY_CHANNEL } from '../shared/run/compose-pagerduty.ts';
import { onTopic } from './topic.ts';

/** Passes on to PagerDuty what is published on the alert topic. */
export const handler = onTopic(PAGERDUTY_CHANNEL);
