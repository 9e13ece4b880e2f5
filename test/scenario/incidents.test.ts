import { expect, it } from 'vitest';
import { pagerdutyEvents } from '../../shared/core/messages/pagerduty/events.ts';
import { HOUR_MS } from '../../shared/model/instant.ts';
import { createTable, setPitr } from '../../sim/console/tables.ts';
import { addSubscription } from '../../sim/sns/subscriptions.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

// What a service that keeps a record of each problem is told of point-in-time recovery: what was found together is one problem, and ends with the last of it.

const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:tablekeeper-prod-pagerduty';

const begun = async () => {
  const world = await deploy({ startAt: '2026-03-01T02:00:00Z' });
  for (const topic of world.account.state.topics.values())
    addSubscription(world.account, topic, 'lambda', FUNCTION);
  return world;
};

const addTable = ({ account }: Deployment, name: string): void =>
  void createTable(account, { name, tags: { 'backup:policy': 'standard' }, pitr: false });

/** The events about point-in-time recovery since the last time, by what became of which incident. */
const eventsSince = (() => {
  let seen = 0;
  return ({ account }: Deployment): readonly (readonly [string, string])[] => {
    const messages = account.inbox.forEndpoint(FUNCTION);
    const events = messages
      .slice(seen)
      .flatMap(({ message, subject }, at) =>
        pagerdutyEvents({ id: `m${at}`, subject: subject ?? '', text: message }),
      );
    seen = messages.length;
    return events
      .filter(({ dedup_key }) => dedup_key.includes('/pitr-off@'))
      .map(({ event_action, dedup_key }) => [event_action, dedup_key] as const);
  };
})();

it('one incident for what is found together, ended by the last of it, whoever sees that', async () => {
  const world = await begun();
  addTable(world, 'carts');
  addTable(world, 'orders');
  await world.clock.advanceBy(HOUR_MS);
  await world.run('audit');
  const [[opened, first] = [], ...more] = eventsSince(world);
  expect([opened, more]).toEqual(['trigger', []]);

  await world.clock.advanceBy(HOUR_MS);
  addTable(world, 'users');
  await world.run('audit');
  const [[, second] = [], ...others] = eventsSince(world);
  expect(others).toEqual([]);
  expect(second).not.toBe(first);

  // A run that looks at one table knows of the other as well: its incident goes on.
  setPitr(world.account, 'carts', { enabled: true });
  await world.hint('carts');
  expect(eventsSince(world)).toEqual([]);

  // A day later a reminder is about the same incidents.
  await world.clock.advanceBy(25 * HOUR_MS);
  await world.run('audit');
  expect(eventsSince(world).toSorted()).toEqual(
    [
      ['trigger', first],
      ['trigger', second],
    ].toSorted(),
  );

  setPitr(world.account, 'orders', { enabled: true });
  await world.hint('orders');
  expect(eventsSince(world)).toEqual([['resolve', first]]);
});
