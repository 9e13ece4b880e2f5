import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutbox } from '../../../shared/adapters/channels/outbox.ts';
import { SERVICES } from '../../../shared/adapters/channels/services.ts';
import type { ChannelName } from '../../../shared/model/channel.ts';
import { UserError } from '../../../shared/model/errors.ts';
import { SECOND_MS } from '../../../shared/model/instant.ts';
import { createVirtualClock } from '../../../sim/clock.ts';
import { type RequestsInFlight, watchRequests } from '../../../sim/virtual-time.ts';
import { type ReceiverAnswer, startReceiver } from '../../support/http-receiver.ts';
import { NOW } from '../../support/world.ts';

// The services besides Slack, over the wire: the same limits and retries, each in its own form.

const KEY = 'R0123456789abcdef0123456789abcde';
const SIGNING = `whsec_${Buffer.from('a key of thirty-two random bytes').toString('base64')}`;
const OLD = `whsec_${Buffer.from('one that is about to be replaced').toString('base64')}`;
const HIDDEN = 'sIgNaTuRe0123456789';

let server: Awaited<ReturnType<typeof startReceiver>>;
let requests: RequestsInFlight;
beforeAll(async () => {
  server = await startReceiver();
  requests = watchRequests();
});
afterAll(async () => {
  requests.stop();
  await server.close();
});

const secretOf = (name: ChannelName, origin = server.origin): string => {
  switch (name) {
    case 'pagerduty':
      return `${origin}/v2/enqueue\n${KEY}`;
    case 'webhook':
      return `${origin}/hook?token=${HIDDEN}\n${SIGNING}\n${OLD}`;
    default:
      return `${origin}/workflows/1/triggers/manual/paths/invoke?sig=${HIDDEN}`;
  }
};

const boxOf = (name: ChannelName, text = secretOf(name)) => {
  const clock = createVirtualClock(NOW);
  clock.busyWhen(() => requests.count() > server.hanging());
  const lines: unknown[] = [];
  const write = (...line: readonly unknown[]) => void lines.push(line);
  let forgotten = 0;
  const forget = (): void => {
    forgotten += 1;
  };
  const secret = { name: `/tablekeeper/${name}`, read: async () => text, forget };
  const box = createOutbox(
    { secret, clock, log: { info: write, warn: write, error: write } },
    SERVICES[name],
  );
  return {
    lines,
    forgotten: () => forgotten,
    elapsedMs: () => clock.now() - NOW,
    post: async (body: object = { a: 'ü' }, id = 'm-1') => {
      const before = server.received.length;
      const failure = await clock.run(box.post({ id, body }, NOW + 60 * SECOND_MS)).then(
        () => undefined,
        (error: unknown) => error,
      );
      return { failure, received: server.received.slice(before) };
    },
  };
};

const NAMES = ['teams', 'pagerduty', 'webhook'] as const;

describe.each(NAMES)('%s', (name) => {
  it.each<{ what: string; answers: readonly ReceiverAnswer[]; elapsedMs: number }>([
    {
      what: '429 with a time',
      answers: [{ status: 429, headers: { 'retry-after': '17' } }],
      elapsedMs: 17_000,
    },
    {
      what: '503 until a date',
      answers: [{ status: 503, headers: { 'retry-after': new Date(NOW + 9_000).toUTCString() } }],
      elapsedMs: 9_000,
    },
    { what: '429 and 408 without one', answers: [{ status: 429 }, { status: 408 }], elapsedMs: 3_000 },
    {
      what: '500, 502 and 503',
      answers: [{ status: 500 }, { status: 502 }, { status: 503 }],
      elapsedMs: 7_000,
    },
    { what: 'a connection that breaks', answers: ['breaks'], elapsedMs: 1_000 },
    { what: 'no answer', answers: ['hangs'], elapsedMs: 11_000 },
  ])('is asked again after $what', async ({ answers, elapsedMs }) => {
    const box = boxOf(name);
    server.answerWith(...answers);
    const { failure, received } = await box.post();
    expect(failure).toBeUndefined();
    expect(received).toHaveLength(answers.length + 1);
    expect(box.elapsedMs()).toBe(elapsedMs);
  });

  it.each([400, 401, 403, 404, 410, 413, 302])(
    'that answers %s is not asked again, and says what to do',
    async (status) => {
      const box = boxOf(name);
      server.answerWith({ status, text: `no such page: ${HIDDEN} ${KEY} ${SIGNING}` });
      const { failure, received } = await box.post();
      expect(received).toHaveLength(1);
      expect(failure).toBeInstanceOf(UserError);
      expect(String(failure)).toContain(`refused the message: ${status}. `);
      expect(String(failure)).toContain(`/tablekeeper/${name}`);
      expect(box.forgotten()).toBe(1);
    },
  );

  it('that fails for long is left to Lambda, in time, and no secret is in an error or a log', async () => {
    const box = boxOf(name);
    server.answerWith(...Array.from({ length: 5 }, () => ({ status: 500, text: `${HIDDEN} ${KEY}` })));
    const { failure } = await box.post();
    expect(String(failure)).toContain('(500; attempts: 5)');
    expect(inspect([failure, box.lines], { depth: 20 })).not.toMatch(
      new RegExp([HIDDEN, KEY, SIGNING.slice(6), '127.0.0.1'].join('|').replaceAll('+', '\\+')),
    );
  });

  it('is sent JSON of the same document', async () => {
    const { received } = await boxOf(name).post({ a: 'ü' });
    expect(received[0]?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(received[0]?.raw ?? '')).toMatchObject({ a: 'ü' });
  });
});

it('PagerDuty gets the key in the event, and only a 202 says that it has it', async () => {
  const box = boxOf('pagerduty');
  expect(JSON.parse((await box.post()).received[0]?.raw ?? '')).toEqual({ routing_key: KEY, a: 'ü' });
  server.answerWith({ status: 200 });
  expect(String((await box.post()).failure)).toContain('PagerDuty refused the message: 200.');
});

describe('a signed webhook', () => {
  /** As docs/deploy.md tells receivers to verify. */
  const isGenuine = (headers: Readonly<Record<string, unknown>>, body: string, key: string, now: number) => {
    const [id, at] = [headers['webhook-id'], headers['webhook-timestamp']];
    const hmac = createHmac('sha256', Buffer.from(key.slice(6), 'base64'));
    const mine = `v1,${hmac.update(`${id}.${at}.${body}`).digest('base64')}`;
    const isRecent = Math.abs(now / SECOND_MS - Number(at)) < 300;
    return isRecent && String(headers['webhook-signature']).split(' ').includes(mine);
  };

  it('is verified by each key, and not when it was changed, is old, or another key signed', async () => {
    const [first] = (await boxOf('webhook').post()).received;
    const { headers = {}, raw = '' } = first ?? {};
    expect(isGenuine(headers, raw, SIGNING, NOW)).toBe(true);
    expect(isGenuine(headers, raw, OLD, NOW)).toBe(true);
    expect(isGenuine(headers, `${raw} `, SIGNING, NOW)).toBe(false);
    expect(isGenuine(headers, raw, SIGNING, NOW + 301 * SECOND_MS)).toBe(false);
    expect(isGenuine(headers, raw, `whsec_${Buffer.alloc(32).toString('base64')}`, NOW)).toBe(false);
  });

  it('is as the specification’s own example', async () => {
    const text = `${server.origin}/\nwhsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw`;
    const [first] = (await boxOf('webhook', text).post({ test: 2432232314 }, 'msg_p5jXN8AQM9LWM0D4loKWxJek'))
      .received;
    const signed = `msg_p5jXN8AQM9LWM0D4loKWxJek.${NOW / SECOND_MS}.{"test":2432232314}`;
    const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    expect(first?.headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
  });

  it('keeps its id when it is sent again, with the time of the attempt', async () => {
    server.answerWith({ status: 503, headers: { 'retry-after': '20' } });
    const { received } = await boxOf('webhook').post();
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(['m-1', 'm-1']);
    const [first, second] = received.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect((second ?? 0) - (first ?? 0)).toBe(20);
  });

  it.each(['', 'a.b', 'x'.repeat(101)])(
    'has an id of its own where that of the message cannot be one: "%s"',
    async (id) => {
      const once = await boxOf('webhook').post({ b: 1 }, id);
      const again = await boxOf('webhook').post({ b: 1 }, id);
      expect(once.received[0]?.headers['webhook-id']).toMatch(/^[0-9a-f]{64}$/);
      expect(again.received[0]?.headers['webhook-id']).toBe(once.received[0]?.headers['webhook-id']);
    },
  );
});
