import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { DOCTOR_COMMAND } from '../text/commands.ts';
import { counted, verb } from '../text/words.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'no-confirmed-subscription': true;
  }
}

const pendingText = (pending: number): string => {
  if (pending === 0) return 'nobody was asked';
  return `${counted(pending, 'subscription')} ${verb(pending, 'waits', 'wait')} for the link in a mail to be clicked`;
};

/** What is known of it wherever it is open. */
export const noConfirmedSubscription: KindTraits<'no-confirmed-subscription'> = {
  kind: 'no-confirmed-subscription',
  title: 'no confirmed subscription',
  facets: ['subscriptions'],
};

/**
 * Finds that nobody has confirmed a subscription of the alert topic, so that no alert is delivered. The finding cannot
 * be delivered by that topic either, so the run that finds it also ends as an error. One confirmed subscription of any
 * protocol is enough, and a topic that could not be read is a gap.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html (checked 2026-11-22)
 */
export const noConfirmedSubscriptionFinder: Finder<'no-confirmed-subscription'> = {
  kind: 'no-confirmed-subscription',
  findsFrom: ['subscriptions'],
  occasion: 'no-subscription',
  find: ({ now, observation: { topic } }) => {
    if (topic === undefined || topic.confirmed > 0) return [];
    const finding = {
      id: findingId('no-confirmed-subscription'),
      kind: 'no-confirmed-subscription' as const,
      severity: 'critical' as const,
      fact: `Nobody has confirmed a subscription of the alert topic, so no message reaches anybody; ${pendingText(topic.pending)}.`,
      measured: 'no confirmed subscription',
      promised: 'at least one',
      since: now,
      advice: advise(
        'Click the link in the confirmation mail, or subscribe somebody. Until then nothing counts as sent:',
        DOCTOR_COMMAND,
      ),
    };
    return [finding];
  },
};
