import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutbox } from '../../../shared/adapters/channels/outbox.ts';
import { SLACK } from '../../../shared/adapters/channels/slack.ts';
import { UserError } from '../../../shared/model/errors.ts';
import { SECOND_MS } from '../../../shared/model/instant.ts';
import type { Log } from '../../../shared/ports/log.ts';
import type { Secret } from '../../../shared/ports/secrets.ts';
import { createVirtualClock } from '../../../sim/clock.ts';
import {
  type SlackAnswer,
  type SlackServer,
  startSlackServer,
  WEBHOOK_SECRET,
} from '../../../sim/slack/server.ts';
import { type RequestsInFlight, watchRequests } from '../../../sim/virtual-time.ts';
import { NOW } from '../../support/world.ts';

const PARAMETER = '/tablekeeper/prod/slack-webhook';
const message = { id: 'm1', body: { text: 'rich', blocks: [] }, plain: { text: 'plain' } };

let server: SlackServer;
let requests: RequestsInFlight;
beforeAll(async () => {
  server = await startSlackServer();
  requests = watchRequests();
});
afterAll(async () => {
  requests.stop();
  await server.close();
});

/** A chat on virtual time, which stands still while a request is under way unless Slack leaves it without an answer. */
const chatOn = (address = server.webhook) => {
  const clock = createVirtualClock(NOW);
  clock.busyWhen(() => requests.count() > server.hanging());
  const lines: unknown[] = [];
  const write = (...line: readonly unknown[]) => void lines.push(line);
  const log: Log = { info: write, warn: write, error: write };
  let forgotten = 0;
  const forget = (): void => {
    forgotten += 1;
  };
  const secret: Secret = { name: PARAMETER, read: async () => address, forget };
  const chat = createOutbox({ secret, clock, log }, SLACK);
  return {
    lines,
    forgotten: () => forgotten,
    elapsedMs: () => clock.now() - NOW,
    post: (budgetMs = 60 * SECOND_MS) => clock.run(chat.post(message, NOW + budgetMs)),
  };
};

/** What was posted by this work alone. */
const postedBy = async (work: () => Promise<unknown>) => {
  const before = server.posted.length;
  const failure = await work().then(
    () => undefined,
    (error: unknown) => error,
  );
  return { failure, posted: server.posted.slice(before) };
};

describe('a webhook', () => {
  it('is posted the message in blocks, as JSON', async () => {
    const { post } = chatOn();
    const { posted } = await postedBy(async () => expect(await post()).toBe('whole'));
    expect(posted).toEqual([
      {
        method: 'POST',
        path: `/services/T0/B0/${WEBHOOK_SECRET}`,
        contentType: 'application/json; charset=utf-8',
        body: message.body,
        answer: { status: 200, text: 'ok' },
      },
    ]);
  });

  it.each<{ name: string; answers: readonly SlackAnswer[]; elapsedMs: number }>([
    {
      name: '429: waits as long as Slack says',
      answers: [{ status: 429, text: 'rate_limited', headers: { 'retry-after': '17' } }],
      elapsedMs: 17 * SECOND_MS,
    },
    {
      name: '429 without a time: backs off',
      answers: [{ status: 429 }, { status: 429, headers: { 'retry-after': 'soon' } }],
      elapsedMs: 3 * SECOND_MS,
    },
    {
      name: '500 and 503: backs off, longer each time',
      answers: [{ status: 500, text: 'rollup_error' }, { status: 503 }, { status: 502 }],
      elapsedMs: 7 * SECOND_MS,
    },
    { name: 'a connection that breaks: backs off', answers: ['breaks'], elapsedMs: SECOND_MS },
    {
      name: 'no answer: gives up after ten seconds and asks again',
      answers: ['hangs'],
      elapsedMs: 11 * SECOND_MS,
    },
  ])('$name', async ({ answers, elapsedMs: expected }) => {
    const { post, elapsedMs } = chatOn();
    server.answerWith(...answers);
    const { failure, posted } = await postedBy(post);
    expect(failure).toBeUndefined();
    expect(posted).toHaveLength(answers.length + 1);
    expect(elapsedMs()).toBe(expected);
  });

  it('that refuses the blocks is sent the text alone, once', async () => {
    const { post, lines } = chatOn();
    server.answerWith({ status: 400, text: 'invalid_blocks' });
    const { posted } = await postedBy(async () => expect(await post()).toBe('plain'));
    expect(posted.map(({ body }) => body)).toEqual([message.body, message.plain]);
    expect(JSON.stringify(lines)).toContain('400 invalid_blocks');
  });

  it('that asks for more time than there is fails at once, and says so', async () => {
    const { post, elapsedMs } = chatOn();
    server.answerWith({ status: 429, headers: { 'retry-after': '120' } });
    const { failure } = await postedBy(post);
    expect(failure).toHaveProperty(
      'message',
      'Slack did not take the message (429; attempts: 1), and no time is left to wait',
    );
    expect(elapsedMs()).toBe(0);
  });

  it('that never answers holds nobody past the deadline', async () => {
    const { post, elapsedMs } = chatOn();
    server.answerWith('hangs', 'hangs', 'hangs', 'hangs', 'hangs');
    const { failure } = await postedBy(() => post(25 * SECOND_MS));
    expect(failure).toHaveProperty('message', expect.stringContaining('no answer in time'));
    expect(elapsedMs()).toBeLessThanOrEqual(25 * SECOND_MS);
  });
});

describe('a webhook that will not take the message fails in a sentence that says what to do, without the address', () => {
  const page = `<html>no such page: /services/T0/B0/${WEBHOOK_SECRET}</html>`;
  const newWebhook = `Make a webhook of a channel that exists, and write its address into ${PARAMETER}.`;

  it.each<{ name: string; answers: readonly SlackAnswer[]; says: string }>([
    {
      name: 'a webhook that was removed',
      answers: [{ status: 404, text: 'no_service' }],
      says: `Slack refused the message: 404 no_service. ${newWebhook}`,
    },
    {
      name: 'a token that is none',
      answers: [{ status: 403, text: 'invalid_token' }],
      says: `Slack refused the message: 403 invalid_token. ${newWebhook}`,
    },
    {
      name: 'a channel that is archived',
      answers: [{ status: 410, text: 'channel_is_archived' }],
      says: `Slack refused the message: 410 channel_is_archived. ${newWebhook}`,
    },
    {
      name: 'an address that leads elsewhere',
      answers: [{ status: 302, headers: { location: 'https://slack.com/' } }],
      says: `Slack refused the message: 302. ${newWebhook}`,
    },
    {
      name: 'a page that says yes to everything',
      answers: [{ status: 200, text: page }],
      says: `Slack refused the message: 200. ${newWebhook}`,
    },
    {
      name: 'a workflow, which would take no alert',
      answers: [{ status: 200, text: '{"ok":true}' }],
      says: `Slack refused the message: 200. ${newWebhook}`,
    },
    {
      name: 'an error page that repeats the address',
      answers: [{ status: 404, text: page }],
      says: `Slack refused the message: 404. ${newWebhook}`,
    },
    {
      name: 'blocks and text refused alike',
      answers: [
        { status: 400, text: 'invalid_blocks' },
        { status: 400, text: 'invalid_payload' },
      ],
      says: 'Slack refused the message: 400 invalid_payload. It refused the text alone as well: see the mail for what it says.',
    },
  ])('$name', async ({ answers, says }) => {
    const { post, forgotten, lines } = chatOn();
    server.answerWith(...answers);
    const { failure, posted } = await postedBy(post);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toHaveProperty('message', says);
    expect(posted).toHaveLength(answers.length);
    expect(forgotten()).toBe(1);
    expect(inspect([failure, lines], { depth: 20 })).not.toContain(WEBHOOK_SECRET);
  });

  it('five failures of Slack in a row', async () => {
    const { post, lines, elapsedMs } = chatOn();
    server.answerWith(...Array.from({ length: 5 }, () => ({ status: 500, text: page })));
    const { failure, posted } = await postedBy(post);
    expect(failure).toHaveProperty('message', expect.stringContaining('(500; attempts: 5)'));
    expect(posted).toHaveLength(5);
    expect(elapsedMs()).toBe(15 * SECOND_MS);
    expect(inspect([failure, lines], { depth: 20 })).not.toContain(WEBHOOK_SECRET);
  });

  it('a machine that is not there', async () => {
    const { post, lines } = chatOn(`http://127.0.0.1:1/services/${WEBHOOK_SECRET}`);
    const { failure } = await postedBy(post);
    expect(failure).toHaveProperty('message', expect.stringContaining('(ECONNREFUSED; attempts: 5)'));
    expect(inspect([failure, lines], { depth: 20 })).not.toContain(WEBHOOK_SECRET);
  });

  it.each([
    { address: 'https://hooks.slack.com/triggers/T0/1/XoXsEcReT', says: 'starts a Slack workflow' },
    { address: 'https://hooks.slack.com/workflows/T0/A0/1/XoXsEcReT', says: 'starts a Slack workflow' },
    { address: 'https://hooks.slak.com/services/T0/B0/XoXsEcReT', says: 'is nearly the address' },
    { address: 'https://10.0.0.1/services/T0/B0/XoXsEcReT', says: 'leads to this machine' },
  ])('an address that the doctor refuses too: $address', async ({ address, says }) => {
    const { post, forgotten } = chatOn(address);
    const { failure, posted } = await postedBy(post);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toHaveProperty('message', expect.stringContaining(says));
    expect(posted).toEqual([]);
    expect(forgotten()).toBe(1);
    expect(inspect(failure, { depth: 20 })).not.toContain('XoXsEcReT');
  });

  it.each([
    { name: 'words', address: WEBHOOK_SECRET },
    { name: 'a path alone', address: `/services/T0/B0/${WEBHOOK_SECRET}` },
    {
      name: 'http to another machine',
      address: `http://hooks.slack.com/services/${WEBHOOK_SECRET}`,
      why: ' It is an address without encryption (http://): whoever listens on the way could read it.',
    },
    { name: 'another protocol', address: `ftp://hooks.slack.com/${WEBHOOK_SECRET}` },
    { name: 'an address that cannot be read', address: `https://hooks slack.com/${WEBHOOK_SECRET}` },
  ])('$name in place of an address', async ({ address, why = '' }) => {
    const { post, forgotten } = chatOn(address);
    const { failure, posted } = await postedBy(post);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toHaveProperty(
      'message',
      `What stands in ${PARAMETER} is not the address of a Slack webhook.${why} Write the whole address into it; it begins with https://hooks.slack.com/services/.`,
    );
    expect(posted).toEqual([]);
    expect(forgotten()).toBe(1);
    expect(inspect(failure, { depth: 20 })).not.toContain(WEBHOOK_SECRET);
  });
});
