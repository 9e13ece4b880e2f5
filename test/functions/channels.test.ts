import { readFileSync } from 'node:fs';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CHANNELS } from '../../shared/model/channel.ts';
import { createAccount } from '../../sim/account.ts';
import { createVirtualClock } from '../../sim/clock.ts';
import { putSecret } from '../../sim/console/services.ts';
import { type SimServer, startServer } from '../../sim/server.ts';
import { startReceiver } from '../support/http-receiver.ts';
import { NOW } from '../support/world.ts';

// The functions besides Slack's as Lambda loads them: the same event, an account at the wire, and one server in the place of all services.

const EVENT: unknown = JSON.parse(readFileSync(new URL('../../events/slack.json', import.meta.url), 'utf8'));
const KEY = 'R0123456789abcdef0123456789abcde';
const OTHERS = CHANNELS.filter(({ name }) => name !== 'slack').map(({ name }) => name);

const account = createAccount({ clock: createVirtualClock(NOW) });
const before = { ...process.env };
let sim: SimServer;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
const handlers = new Map<string, (event: unknown, context: Context) => Promise<unknown>>();
const lines: string[] = [];

beforeAll(async () => {
  [sim, receiver] = await Promise.all([startServer(account), startReceiver()]);
  putSecret(account, '/tablekeeper/teams', `${receiver.origin}/teams?sig=hIdDeN`);
  putSecret(account, '/tablekeeper/pagerduty', `${receiver.origin}/pagerduty\n${KEY}`);
  putSecret(account, '/tablekeeper/webhook', `${receiver.origin}/webhook\nwhsec_${'c2Vj'.repeat(8)}`);
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_ENDPOINT_URL: sim.url,
    TABLEKEEPER_INSTANCE: 'prod',
    ...Object.fromEntries(CHANNELS.map(({ name, variable }) => [variable, `/tablekeeper/${name}`])),
  });
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      lines.push(String(chunk));
      return true;
    });
  for (const name of OTHERS) {
    const { handler } = await import(`../../functions/${name}.ts`);
    handlers.set(name, handler);
  }
}, 30_000);

afterAll(async () => {
  vi.restoreAllMocks();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await Promise.all([sim.close(), receiver.close()]);
});

const invoke = (name: string): Promise<unknown> | undefined =>
  handlers.get(name)?.(EVENT, {
    functionName: `tablekeeper-prod-${name}`,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:111122223333:function:tablekeeper-prod-${name}`,
    memoryLimitInMB: '256',
    awsRequestId: 'request-1',
    getRemainingTimeInMillis: () => 60_000,
  } as Context);

const HOLDS: Readonly<Record<string, object>> = {
  teams: { type: 'message' },
  pagerduty: {
    routing_key: KEY,
    event_action: 'trigger',
    dedup_key: 'tablekeeper/prod/111122223333/us-east-1/pitr-off@1795410000000',
  },
  webhook: { type: 'tablekeeper.alert', subject: '[Tablekeeper prod] 1 new, critical: PITR off on Orders' },
};

describe.each(OTHERS)('the function %s', (name) => {
  it('passes the sample event on, and keeps its secret to itself', async () => {
    await expect(invoke(name)).resolves.toEqual({ posted: 1 });
    const { path, raw } = receiver.received.at(-1) ?? { path: '', raw: '{}' };
    expect(path).toContain(`/${name}`);
    expect(JSON.parse(raw)).toMatchObject(HOLDS[name] ?? {});
    expect(lines.join('')).not.toMatch(/hIdDeN|R0123456789|c2Vjc2Vj/);
    expect(JSON.stringify(process.env)).not.toMatch(/hIdDeN|R0123456789|c2Vjc2Vj/);
  });

  it('fails when the service refuses, so that Lambda tries again and then keeps the event', async () => {
    receiver.answerWith({ status: 403 });
    await expect(invoke(name)).rejects.toThrow(/^not posted to .*refused the message: 403\. /);
    expect(lines.join('')).not.toMatch(/hIdDeN|R0123456789|c2Vjc2Vj/);
  });
});
