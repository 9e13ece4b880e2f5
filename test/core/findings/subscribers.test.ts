import { describe, expect, it } from 'vitest';
import { isUnreached, nextSubscribers } from '../../../shared/core/findings/subscriber-unreached.ts';
import { subscriberText } from '../../../shared/core/text/subscriber.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { SubscriberMemory } from '../../../shared/model/memory.ts';
import type { Subscriber } from '../../../shared/model/topic-state.ts';
import { NOW } from '../../support/world.ts';

const OPS = { protocol: 'email', endpoint: 'ops@example.com' };
const SLACK = {
  protocol: 'lambda',
  endpoint: 'arn:aws:lambda:us-east-1:111122223333:function:tablekeeper-prod-slack',
};

const heard = (one: typeof OPS): Subscriber => ({ ...one, confirmed: true });
const asked = (one: typeof OPS): Subscriber => ({ ...one, confirmed: false });
const topic = (...subscribers: readonly Subscriber[]) => ({ confirmed: 1, pending: 0, subscribers });
const FINE: SubscriberMemory = { ...OPS, wasConfirmed: true };
const waitingFor = (ms: number): SubscriberMemory => ({
  ...OPS,
  wasConfirmed: false,
  unreachedSince: NOW - ms,
});
const goneFor = (ms: number): SubscriberMemory => ({ ...FINE, unreachedSince: NOW - ms, gone: true });

describe('what is remembered of the subscribers', () => {
  it.each<{
    name: string;
    before: readonly SubscriberMemory[] | undefined;
    now: readonly Subscriber[];
    after: readonly SubscriberMemory[];
    unreached: boolean;
  }>([
    { name: 'the first ones', before: undefined, now: [heard(OPS)], after: [FINE], unreached: false },
    {
      name: 'one that was asked',
      before: undefined,
      now: [asked(OPS)],
      after: [waitingFor(0)],
      unreached: false,
    },
    {
      name: 'one that waits for a day',
      before: [waitingFor(DAY_MS)],
      now: [asked(OPS)],
      after: [waitingFor(DAY_MS)],
      unreached: false,
    },
    {
      name: 'one that waits for longer',
      before: [waitingFor(DAY_MS + 1)],
      now: [asked(OPS)],
      after: [waitingFor(DAY_MS + 1)],
      unreached: true,
    },
    {
      name: 'one that confirmed at last',
      before: [waitingFor(2 * DAY_MS)],
      now: [heard(OPS)],
      after: [FINE],
      unreached: false,
    },
    {
      name: 'one that is gone',
      before: [FINE],
      now: [heard(SLACK)],
      after: [goneFor(0), { ...SLACK, wasConfirmed: true }],
      unreached: true,
    },
    {
      name: 'one that has to confirm again',
      before: [FINE],
      now: [asked(OPS)],
      after: [{ ...FINE, unreachedSince: NOW }],
      unreached: true,
    },
    {
      name: 'one that came back',
      before: [goneFor(HOUR_MS)],
      now: [heard(OPS)],
      after: [FINE],
      unreached: false,
    },
    {
      name: 'one that was gone and is asked again',
      before: [goneFor(HOUR_MS)],
      now: [asked(OPS)],
      after: [{ ...FINE, unreachedSince: NOW - HOUR_MS }],
      unreached: true,
    },
    {
      name: 'one whose request expired',
      before: [waitingFor(3 * DAY_MS)],
      now: [],
      after: [{ ...waitingFor(3 * DAY_MS), gone: true }],
      unreached: true,
    },
    {
      name: 'one whose request was withdrawn',
      before: [waitingFor(HOUR_MS)],
      now: [],
      after: [],
      unreached: false,
    },
    {
      name: 'one that is gone for thirty days',
      before: [goneFor(30 * DAY_MS)],
      now: [],
      after: [goneFor(30 * DAY_MS)],
      unreached: true,
    },
    {
      name: 'and no more after them',
      before: [goneFor(30 * DAY_MS + 1)],
      now: [],
      after: [],
      unreached: false,
    },
    {
      name: 'the confirmed one of two of an endpoint',
      before: undefined,
      now: [heard(OPS), asked(OPS)],
      after: [FINE],
      unreached: false,
    },
  ])('is $name', ({ before, now, after, unreached }) => {
    const next = nextSubscribers(before, topic(...now), NOW);
    expect(next).toEqual(after);
    expect(next?.some((one) => isUnreached(one, NOW))).toBe(unreached);
  });

  it('is what it was where nobody could list them', () => {
    expect(nextSubscribers([FINE], { confirmed: 1, pending: 0 }, NOW)).toEqual([FINE]);
    expect(nextSubscribers(undefined, { confirmed: 1, pending: 0 }, NOW)).toBeUndefined();
  });
});

it.each([
  { one: OPS, text: 'ops@example.com (email)' },
  { one: SLACK, text: 'tablekeeper-prod-slack (lambda)' },
  {
    one: { protocol: 'https', endpoint: 'https://hooks.example.com/secret' },
    text: 'hooks.example.com (https)',
  },
  { one: { protocol: 'https', endpoint: 'secret' }, text: 'an address (https)' },
])('names $one.protocol without what may be secret', ({ one, text }) => {
  expect(subscriberText(one)).toBe(text);
});
