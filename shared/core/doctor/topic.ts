import type { Diagnosis } from '../../model/diagnosis.ts';
import type { TopicState } from '../../model/topic-state.ts';
import { counted } from '../render/finding-text.ts';

const SUBSCRIBE =
  'Click the link in the confirmation mail, or subscribe somebody:\n  aws sns subscribe --protocol email --notification-endpoint you@example.com --topic-arn';

/**
 * Given who hears the alert topic, returns how that stands. At the edge one confirmed subscription is enough, and those that wait are
 * counted in either case.
 */
export const subscriptionsDiagnosis = ({ confirmed, pending }: TopicState, topicArn: string): Diagnosis => {
  const item = 'subscriptions';
  const waiting =
    pending === 0
      ? ''
      : `; ${counted(pending, 'more waits', 'more wait')} for the link in a mail to be clicked`;
  if (confirmed > 0) return { item, status: 'fine', says: `${confirmed} confirmed${waiting}` };
  return { item, status: 'missing', says: `none is confirmed${waiting}`, fix: `${SUBSCRIBE} ${topicArn}` };
};
