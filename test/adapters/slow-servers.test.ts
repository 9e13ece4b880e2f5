import { describe, expect, it, type TestContext } from 'vitest';
import { exchange } from '../../shared/adapters/channels/exchange.ts';
import { createOutbox } from '../../shared/adapters/channels/outbox.ts';
import { SLACK } from '../../shared/adapters/channels/slack.ts';
import { createHttpHeartbeat } from '../../shared/adapters/heartbeat/http-heartbeat.ts';
import { systemClock } from '../../shared/adapters/system/time.ts';
import { SLOWNESSES, type Slowness, startSlowServer } from '../support/slow-server.ts';

// Time is real here: what waits for ever is ended by the test's own limit, and fails.

const SHORT_MS = 150;
const SECRET = 'services/T0/B0/secret';

const serverThat = async (slowness: Slowness, { onTestFinished }: TestContext) => {
  const server = await startSlowServer(slowness);
  onTestFinished(() => server.close());
  return server;
};

const secretOf = (text: string) => ({
  name: '/p',
  read: () => Promise.resolve(text),
  forget: () => undefined,
});

const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('a post to Slack ends in time, and lets go of the connection', { timeout: 30_000 }, () => {
  it.for(SLOWNESSES)('when the server is %s', async (slowness, context) => {
    const server = await serverThat(slowness, context);
    const url = new URL(`${server.origin}/${SECRET}`);
    const came = await exchange({ url, body: '{}', clock: systemClock, timeoutMs: SHORT_MS });
    expect(came).toEqual({ kind: 'broken', why: 'no answer in time' });
    expect(server.requests()).toBe(1);
    await server.left();
  });

  it.for(SLOWNESSES)(
    'before its deadline, however often it tries, when the server is %s',
    async (slowness, context) => {
      const server = await serverThat(slowness, context);
      const chat = createOutbox(
        {
          secret: secretOf(`${server.origin}/${SECRET}`),
          clock: systemClock,
          log: silentLog,
        },
        SLACK,
      );
      const post = chat.post({ id: 'm1', body: {}, plain: {} }, systemClock.now() + 2 * SHORT_MS);
      await expect(post).rejects.toThrow('no answer in time');
      await expect(post).rejects.not.toThrow(SECRET);
      expect(server.requests()).toBe(1);
      await server.left();
    },
  );
});

// All at once: each waits until fetch closes a second connection, which it opens and keeps for four seconds.
describe.concurrent('a heartbeat ends in time, and lets go of the connection', { timeout: 30_000 }, () => {
  it.for<Slowness>(['silent', 'headers-only', 'drips-headers'])(
    'when the server is %s',
    async (slowness, context) => {
      const server = await serverThat(slowness, context);
      const secret = secretOf(`${server.origin}/${SECRET}`);
      const told = await createHttpHeartbeat({ secret, timeoutMs: SHORT_MS }).tell('success');
      expect(told).toBe('the address in /p did not take it: no answer in time');
      expect(server.requests()).toBe(2);
      await server.left();
    },
  );

  it('as soon as an answer has begun, which is all that it needs', async (context) => {
    const server = await serverThat('drips-body', context);
    const secret = secretOf(`${server.origin}/${SECRET}`);
    expect(await createHttpHeartbeat({ secret }).tell('success')).toBeUndefined();
    expect(server.requests()).toBe(1);
    await server.left();
  });
});
