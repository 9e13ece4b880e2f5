import { describe, expect, it } from 'vitest';
import { createTopicSubscriptions } from '../../../shared/adapters/aws/topic-subscriptions.ts';
import { requireSubscribers } from '../../../shared/adapters/notify/sns-notifier.ts';
import type { TopicState } from '../../../shared/model/topic-state.ts';
import type { Reading } from '../../../shared/ports/inventory.ts';
import type { Message } from '../../../shared/ports/messages.ts';
import { createTopic } from '../../../sim/console/services.ts';
import { addSubscription } from '../../../sim/sns/subscriptions.ts';
import { aFailure, asRead } from '../../support/failures.ts';
import { onSim } from '../connect.ts';

describe('the subscriptions of a topic', () => {
  it('are counted, confirmed and pending', async () => {
    const world = onSim();
    const arn = createTopic(world.account, 'alerts', ['a@example.com', 'b@example.com']);
    const topic = world.account.state.topics.get(arn);
    if (topic !== undefined) addSubscription(world.account, topic, 'email', 'c@example.com');
    const reading = await world.run(createTopicSubscriptions(world.options, arn).read());
    expect(reading).toEqual({ kind: 'found', value: { confirmed: 2, pending: 1 } });
  });

  it('are named, with who has not confirmed, to the last page', async () => {
    const world = onSim();
    const emails = Array.from({ length: 120 }, (_, at) => `a${at}@example.com`);
    const arn = createTopic(world.account, 'alerts', emails);
    const topic = world.account.state.topics.get(arn);
    if (topic !== undefined) addSubscription(world.account, topic, 'email', 'c@example.com');
    const listing = await world.run(createTopicSubscriptions(world.options, arn).list());
    expect(listing.gap).toBeUndefined();
    expect(listing.items).toHaveLength(121);
    expect(listing.items[0]).toEqual({ protocol: 'email', endpoint: 'a0@example.com', confirmed: true });
    expect(listing.items.at(-1)).toEqual({ protocol: 'email', endpoint: 'c@example.com', confirmed: false });
  });

  it('are not listed whole where it is not allowed', async () => {
    const world = onSim();
    const arn = createTopic(world.account, 'alerts');
    world.account.faults.add({ operation: 'ListSubscriptionsByTopic', kind: 'access-denied' });
    const listing = await world.run(createTopicSubscriptions(world.options, arn).list());
    expect(asRead(listing)).toEqual({
      items: [],
      gap: expect.stringMatching(/^ListSubscriptionsByTopic: AuthorizationError/),
    });
  });

  it('are missing where there is no such topic', async () => {
    const world = onSim();
    const arn = 'arn:aws:sns:us-east-1:111122223333:nowhere';
    expect(await world.run(createTopicSubscriptions(world.options, arn).read())).toEqual({ kind: 'missing' });
  });

  it('are unreadable where it is not allowed, in the words of the service', async () => {
    const world = onSim();
    const arn = createTopic(world.account, 'alerts');
    world.account.faults.add({ operation: 'GetTopicAttributes', kind: 'access-denied' });
    const reading = await world.run(createTopicSubscriptions(world.options, arn).read());
    expect(asRead(reading)).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringMatching(/^GetTopicAttributes: AuthorizationError/),
    });
  });
});

describe('a message', () => {
  const MESSAGE: Message = { subject: 'Hello', body: 'World' };

  const sentTo = async (reading: Reading<TopicState>) => {
    const sent: Message[] = [];
    const inner = {
      prepare: async () => undefined,
      send: async (message: Message) => void sent.push(message),
    };
    const notifier = requireSubscribers(inner, { read: () => Promise.resolve(reading) });
    const failure = await notifier
      .prepare()
      .then(() => notifier.send(MESSAGE))
      .catch((error: Error) => error.message);
    return { sent, failure };
  };

  it.each<{ name: string; reading: Reading<TopicState> }>([
    { name: 'somebody listens', reading: { kind: 'found', value: { confirmed: 1, pending: 3 } } },
    { name: 'nobody could see who listens', reading: { kind: 'unreadable', failure: aFailure() } },
    { name: 'there is no topic, so that the service says so itself', reading: { kind: 'missing' } },
  ])('leaves where $name', async ({ reading }) => {
    expect(await sentTo(reading)).toEqual({ sent: [MESSAGE], failure: undefined });
  });

  it('does not leave where nobody listens', async () => {
    const { sent, failure } = await sentTo({ kind: 'found', value: { confirmed: 0, pending: 3 } });
    expect(sent).toEqual([]);
    expect(failure).toBe('nobody has confirmed a subscription of the alert topic');
  });
});
