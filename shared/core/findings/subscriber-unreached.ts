import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import type { SubscriberMemory } from '../../model/memory.ts';
import { DOCTOR_COMMAND } from '../text/commands.ts';
import { shortHash } from '../text/mark.ts';
import { subscriberText } from '../text/subscriber.ts';
import type { ObservedKind } from './kind.ts';
import { isUnreached, nextSubscribers } from './subscribers.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'subscriber-unreached': true;
  }
}

const happenedTo = ({ gone, wasConfirmed }: SubscriberMemory): string => {
  if (gone && wasConfirmed)
    return 'is no longer subscribed to the alert topic: somebody, or a program that follows the links in mails, ended the subscription';
  if (gone) return 'never confirmed the subscription to the alert topic, and the request has expired';
  return wasConfirmed
    ? 'has to confirm the subscription to the alert topic again'
    : 'has not confirmed the subscription to the alert topic for over a day';
};

const ADVICE =
  'If it is meant to receive alerts, subscribe it again. Confirm by the token in the link of the mail and not by a click: then nobody can end ' +
  'the subscription without signing in. If it is meant to be gone, do nothing: this ends after thirty days.';

/**
 * Finds subscribers of the alert topic who no longer receive alerts while others still do: gone, suspended, or never
 * confirmed. It is delivered by the remaining subscriptions; having no subscriber at all is another finding. An id
 * contains no address, because ids are logged.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html (as the SDK quotes it)
 */
export const subscriberUnreached: ObservedKind<'subscriber-unreached'> = {
  kind: 'subscriber-unreached',
  title: 'subscriber not reached',
  facets: ['subscriptions', 'memory'],
  findsFrom: ['subscriptions'],
  find: ({ memory, now, observation: { topic } }) => {
    const subscribers = topic === undefined ? [] : (nextSubscribers(memory.subscribers, topic, now) ?? []);
    return subscribers
      .filter((one) => isUnreached(one, now))
      .map((one) => ({
        id: findingId('subscriber-unreached', shortHash(one.protocol, one.endpoint)),
        kind: 'subscriber-unreached' as const,
        severity: 'warning' as const,
        fact: `${subscriberText(one)} ${happenedTo(one)}, and receives no alerts.`,
        measured: one.gone ? 'not subscribed' : 'not confirmed',
        promised: 'subscribed and confirmed',
        since: one.unreachedSince ?? now,
        advice: advise(ADVICE, DOCTOR_COMMAND),
      }));
  },
};
