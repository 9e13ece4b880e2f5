import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { SubscriberMemory } from '../../model/memory.ts';
import type { Subscriber, TopicState } from '../../model/topic-state.ts';

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
  topic: TopicState | undefined,
  now: Instant,
): readonly SubscriberMemory[] | undefined => {
  if (topic?.subscribers === undefined) return before;
  const known = new Map((before ?? []).map((one) => [keyOf(one), one]));
  const subscribed = subscribedOf(topic.subscribers);
  const there = [...subscribed].map(([key, one]) => seenNow(one, known.get(key), now));
  const gone = [...known].flatMap(([key, one]) => (subscribed.has(key) ? [] : [goneNow(one, now)]));
  return [...there, ...gone]
    .filter((one) => isWorthKnowing(one, now))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};
