import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { SubscriberMemory } from '../../model/memory.ts';
import type { Subscriber, TopicState } from '../../model/topic-state.ts';
import { DOCTOR_COMMAND } from '../text/commands.ts';
import { shortHash } from '../text/digest.ts';
import { subscriberText } from '../text/subscriber.ts';
import type { Finder, KindTraits } from './kind.ts';

/** How long a confirmation may take before it is reported. */
const PENDING_MS = DAY_MS;

/** After this time without any action, a missing subscriber counts as intended. */
const FORGOTTEN_MS = 30 * DAY_MS;

const keyOf = ({ protocol, endpoint }: Pick<Subscriber, 'protocol' | 'endpoint'>): string =>
  JSON.stringify([protocol, endpoint]);

/** Indexes subscribers by endpoint. An endpoint may be subscribed more than once; a confirmed one wins. */
const subscribedOf = (subscribers: readonly Subscriber[]): ReadonlyMap<string, Subscriber> =>
  new Map(
    subscribers
      .toSorted((a, b) => Number(a.confirmed) - Number(b.confirmed))
      .map((subscriber) => [keyOf(subscriber), subscriber]),
  );

const seenNow = (
  { protocol, endpoint, confirmed }: Subscriber,
  before: SubscriberMemory | undefined,
  now: Instant,
): SubscriberMemory => ({
  protocol,
  endpoint,
  wasConfirmed: confirmed || before?.wasConfirmed === true,
  ...(!confirmed && { unreachedSince: before?.unreachedSince ?? now }),
});

const goneNow = (before: SubscriberMemory, now: Instant): SubscriberMemory => ({
  ...before,
  unreachedSince: before.unreachedSince ?? now,
  gone: true,
});

/**
 * Checks whether a subscriber is still worth remembering. One who never confirmed is reported as pending first; a
 * request withdrawn within a day is not reported.
 */
const isWorthKnowing = ({ gone, unreachedSince, wasConfirmed }: SubscriberMemory, now: Instant): boolean => {
  if (gone === undefined || unreachedSince === undefined) return true;
  const awayMs = now - unreachedSince;
  return awayMs <= FORGOTTEN_MS && (wasConfirmed || awayMs > PENDING_MS);
};

/** Checks whether a subscriber receives nothing and somebody should act on it. */
export const isUnreached = ({ unreachedSince, wasConfirmed }: SubscriberMemory, now: Instant): boolean =>
  unreachedSince !== undefined && (wasConfirmed || now - unreachedSince > PENDING_MS);

/**
 * Updates what is remembered of the alert topic's subscribers; unchanged when they were not listed. One that is gone is
 * remembered for thirty days.
 */
export const nextSubscribers = (
  before: readonly SubscriberMemory[] | undefined,
  topic: TopicState,
  now: Instant,
): readonly SubscriberMemory[] | undefined => {
  if (topic.subscribers === undefined) return before;
  const known = new Map((before ?? []).map((one) => [keyOf(one), one]));
  const subscribed = subscribedOf(topic.subscribers);
  const there = [...subscribed].map(([key, one]) => seenNow(one, known.get(key), now));
  const gone = [...known].flatMap(([key, one]) => (subscribed.has(key) ? [] : [goneNow(one, now)]));
  return [...there, ...gone]
    .filter((one) => isWorthKnowing(one, now))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};

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

/** What is known of it wherever it is open. */
export const subscriberUnreached: KindTraits<'subscriber-unreached'> = {
  kind: 'subscriber-unreached',
  title: 'subscriber not reached',
  facets: ['subscriptions', 'memory'],
};

/**
 * Finds subscribers of the alert topic who no longer receive alerts while others still do: gone, suspended, or never
 * confirmed. It is delivered by the remaining subscriptions; having no subscriber at all is another finding. An id
 * contains no address, because ids are logged.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html (as the SDK quotes it)
 */
export const subscriberUnreachedFinder: Finder<'subscriber-unreached'> = {
  kind: 'subscriber-unreached',
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
