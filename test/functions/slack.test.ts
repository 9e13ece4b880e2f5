import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAccount } from '../../sim/account.ts';
import { createVirtualClock } from '../../sim/clock.ts';
import { putSecret } from '../../sim/console/services.ts';
import { type SimServer, startServer } from '../../sim/server.ts';
import { type SlackServer, startSlackServer, WEBHOOK_SECRET } from '../../sim/slack/server.ts';
import { NOW } from '../support/world.ts';

// The function as Lambda loads it: its environment, an account at the wire, and a server in Slack's place.

const PARAMETER = '/tablekeeper/prod/slack-webhook';
const EVENT: unknown = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../events/slack.json'), 'utf8'),
);

const account = createAccount({ clock: createVirtualClock(NOW) });
const before = { ...process.env };
let sim: SimServer;
let slack: SlackServer;
let handler: (event: unknown, context: Context) => Promise<unknown>;
let lines: string[] = [];

beforeAll(async () => {
  [sim, slack] = await Promise.all([startServer(account), startSlackServer()]);
  putSecret(account, PARAMETER, slack.webhook);
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_ENDPOINT_URL: sim.url,
    TABLEKEEPER_INSTANCE: 'prod',
    TABLEKEEPER_SLACK_WEBHOOK_PARAMETER: PARAMETER,
  });
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      lines.push(...String(chunk).split('\n'));
      return true;
    });
  ({ handler } = (await import('../../functions/slack.ts')) as unknown as {
    handler: typeof handler;
  });
}, 30_000);

afterAll(async () => {
  vi.restoreAllMocks();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await Promise.all([sim.close(), slack.close()]);
});

beforeEach(() => {
  lines = [];
});

const context = {
  functionName: 'tablekeeper-prod-slack',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:tablekeeper-prod-slack',
  memoryLimitInMB: '512',
  awsRequestId: 'request-1',
  getRemainingTimeInMillis: () => 60_000,
} as Context;

const eventOf = (...texts: readonly string[]) => ({
  Records: texts.map((Message, at) => ({ Sns: { MessageId: `m${at}`, Subject: 'Hello', Message } })),
});

describe('the Slack function', () => {
  it('posts the sample event, and keeps the webhook to itself', async () => {
    const posted = slack.posted.length;
    await expect(handler(EVENT, context)).resolves.toEqual({ posted: 1 });
    expect(slack.posted.slice(posted)).toMatchObject([
      { body: { text: '[Tablekeeper prod] 1 new, critical: PITR off on Orders' } },
    ]);
    expect(lines.join('\n')).toContain('95df01b4-ee98-5cb9-9903-4c221d41eb5e');
    expect(lines.join('\n')).not.toContain(WEBHOOK_SECRET);
    expect(JSON.stringify(process.env)).not.toContain(WEBHOOK_SECRET);
  });

  it('fails when Slack refuses, having posted the others', async () => {
    const posted = slack.posted.length;
    slack.answerWith({ status: 404, text: 'no_service' });
    await expect(handler(eventOf('one', 'two'), context)).rejects.toThrow(
      /^not posted to Slack: Slack refused the message: 404 no_service\. /,
    );
    expect(slack.posted.slice(posted)).toHaveLength(2);
    expect(lines.join('\n')).not.toContain(WEBHOOK_SECRET);
  });

  it.each([
    { name: 'no event at all', event: {}, says: /not from SNS/ },
    { name: 'a record of something else', event: { Records: [{ s3: {} }] }, says: /no message of SNS/ },
  ])('refuses $name', async ({ event, says }) => {
    await expect(handler(event, context)).rejects.toThrow(says);
  });
});
