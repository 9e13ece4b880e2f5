import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { heartbeatUrl } from '../../../shared/adapters/heartbeat/heartbeat-services.ts';
import { createHttpHeartbeat } from '../../../shared/adapters/heartbeat/http-heartbeat.ts';
import { UserError } from '../../../shared/model/errors.ts';
import type { Beat } from '../../../shared/ports/messages.ts';
import {
  CHECK_SECRET,
  type CheckAnswer,
  type CheckServer,
  startCheckServer,
} from '../../support/check-server.ts';

const PARAMETER = '/tablekeeper/prod/heartbeat';

let server: CheckServer;
beforeEach(async () => {
  server = await startCheckServer();
});
afterEach(() => server.close());

/** A heartbeat on that text, and how often its secret was forgotten. */
const heartbeatOn = (text: string, timeoutMs?: number) => {
  let forgotten = 0;
  const secret = {
    name: PARAMETER,
    read: () => Promise.resolve(text),
    forget: () => {
      forgotten += 1;
    },
  };
  const options = timeoutMs === undefined ? { secret } : { secret, timeoutMs };
  return { ...createHttpHeartbeat(options), forgotten: () => forgotten };
};

const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => undefined).catch((error) => error);

/** All that an error could tell, its causes included. */
const told = (error: unknown): string =>
  error instanceof Error ? `${error.message} ${error.stack} ${told(error.cause)}` : String(error);

describe('a service of heartbeats', () => {
  const UUID = '7d1c2a3e-0000-4000-8000-0123456789ab';
  it.each<{ name: string; address: string; start?: string; success?: string; failure?: string }>([
    {
      name: 'healthchecks.io',
      address: `https://hc-ping.com/${UUID}`,
      start: `https://hc-ping.com/${UUID}/start`,
      failure: `https://hc-ping.com/${UUID}/fail`,
    },
    {
      name: 'healthchecks.io by a key and a name',
      address: 'https://hc-ping.com/fqOOd6-F4MMNuCEnzTU01w/backups',
      start: 'https://hc-ping.com/fqOOd6-F4MMNuCEnzTU01w/backups/start',
      failure: 'https://hc-ping.com/fqOOd6-F4MMNuCEnzTU01w/backups/fail',
    },
    {
      name: 'a healthchecks of one’s own',
      address: `https://checks.example.com/ping/${UUID}`,
      start: `https://checks.example.com/ping/${UUID}/start`,
      failure: `https://checks.example.com/ping/${UUID}/fail`,
    },
    {
      name: 'Better Stack, which knows no start',
      address: 'https://uptime.betterstack.com/api/v1/heartbeat/tUzBNRY7',
      failure: 'https://uptime.betterstack.com/api/v1/heartbeat/tUzBNRY7/fail',
    },
    {
      name: 'Cronitor',
      address: 'https://cronitor.link/p/0123/audit?host=aws',
      start: 'https://cronitor.link/p/0123/audit?host=aws&state=run',
      success: 'https://cronitor.link/p/0123/audit?host=aws&state=complete',
      failure: 'https://cronitor.link/p/0123/audit?host=aws&state=fail',
    },
    {
      name: 'Uptime Kuma, whatever state its address was copied with',
      address: 'https://kuma.example.com/api/push/8fQ2?status=up&msg=OK&ping=',
      success: 'https://kuma.example.com/api/push/8fQ2?status=up&msg=OK&ping=',
      failure: 'https://kuma.example.com/api/push/8fQ2?status=down&msg=the+audit+failed&ping=',
    },
    {
      name: 'Sentry',
      address: 'https://o1.ingest.sentry.io/api/4500/cron/audit/0123abcd/',
      start: 'https://o1.ingest.sentry.io/api/4500/cron/audit/0123abcd/?status=in_progress',
      success: 'https://o1.ingest.sentry.io/api/4500/cron/audit/0123abcd/?status=ok',
      failure: 'https://o1.ingest.sentry.io/api/4500/cron/audit/0123abcd/?status=error',
    },
    { name: 'Dead Man’s Snitch, which knows nothing else', address: 'https://nosnch.in/0123456789' },
    { name: 'Checkly, which knows nothing else', address: `https://ping.checklyhq.com/${UUID}` },
    {
      name: 'any other, a query kept',
      address: 'https://example.com/beat?key=1',
    },
  ])('is asked in its own words, and for a success at its plain address: $name', (service) => {
    const { address, start, success = address, failure } = service;
    expect(heartbeatUrl(address, PARAMETER, 'start')?.href).toBe(start);
    expect(heartbeatUrl(address, PARAMETER, 'success')?.href).toBe(success);
    expect(heartbeatUrl(address, PARAMETER, 'failure')?.href).toBe(failure);
  });

  it('that knows only its plain address is sent nothing else, and no audit fails', async () => {
    const plain = server.url.replace(CHECK_SECRET, 'snitch-0123456789');
    const heartbeat = heartbeatOn(plain);
    for (const beat of ['start', 'failure', 'start', 'success'] as const)
      expect(await heartbeat.tell(beat)).toBeUndefined();
    expect(server.requests).toEqual(['GET /snitch-0123456789']);
  });

  it('that looks like healthchecks and is none loses a start, and hears of the success', async () => {
    server.answerWith(404, 404);
    const heartbeat = heartbeatOn(server.url);
    expect(await heartbeat.tell('start')).toContain('the answer was 404');
    expect(await heartbeat.tell('success')).toBeUndefined();
  });
});

describe('a heartbeat', () => {
  it.each<{ beat: Beat; gets: string }>([
    { beat: 'start', gets: `GET /${CHECK_SECRET}/start` },
    { beat: 'success', gets: `GET /${CHECK_SECRET}` },
    { beat: 'failure', gets: `GET /${CHECK_SECRET}/fail` },
  ])('gets the address of $beat', async ({ beat, gets }) => {
    await heartbeatOn(server.url).tell(beat);
    expect(server.requests).toEqual([gets]);
  });

  it.each<{ name: string; answers: readonly CheckAnswer[]; asks: number }>([
    { name: 'takes any answer of success', answers: [204], asks: 1 },
    { name: 'is tried again after a failure of the service', answers: [503], asks: 2 },
    { name: 'is tried again after a broken connection', answers: ['breaks'], asks: 2 },
  ])('$name', async ({ answers, asks }) => {
    server.answerWith(...answers);
    const heartbeat = heartbeatOn(server.url);
    expect(await heartbeat.tell('success')).toBeUndefined();
    expect(server.requests).toHaveLength(asks);
    expect(heartbeat.forgotten()).toBe(0);
  });

  it.each<{ name: string; answers: readonly CheckAnswer[]; says: string }>([
    { name: 'a service that is down', answers: [500, 502], says: 'the answer was 502' },
    { name: 'a redirection, which nobody follows', answers: [302, 302], says: 'the answer was 302' },
    { name: 'a connection that breaks', answers: ['breaks', 'breaks'], says: PARAMETER },
    { name: 'no answer', answers: ['hangs', 'hangs'], says: 'no answer in time' },
    {
      name: 'a check that is asked too often',
      answers: [{ text: 'OK (rate limited)' }, { text: 'OK (rate limited)' }],
      says: 'the answer was rate limited',
    },
  ])(
    'that meets $name is lost after two tries, says why without the address, and reads it again',
    async ({ answers, says }) => {
      server.answerWith(...answers);
      const heartbeat = heartbeatOn(server.url, 100);
      const why = await heartbeat.tell('success');
      expect(why).toContain(says);
      expect(why).not.toContain('secret');
      expect(server.requests).toHaveLength(2);
      expect(heartbeat.forgotten()).toBe(1);
    },
  );

  it.each<{ name: string; answer: CheckAnswer; says: string }>([
    { name: 'was removed', answer: 404, says: 'the answer was 404' },
    { name: 'is none, as healthchecks.io says it', answer: { text: 'OK (not found)' }, says: 'not found' },
    { name: 'takes nothing from us', answer: 403, says: 'the answer was 403' },
  ])('on a check that $name is a mistake, and reads the address again', async ({ answer, says }) => {
    server.answerWith(answer, answer);
    const heartbeat = heartbeatOn(server.url);
    const error = await failureOf(heartbeat.tell('success'));
    expect(error).toBeInstanceOf(UserError);
    expect(told(error)).toContain(says);
    expect(told(error)).not.toContain('secret');
    expect(heartbeat.forgotten()).toBe(1);
  });

  it('on a host that does not exist is a mistake', async () => {
    // What fetch says then, without asking anybody's name server.
    const cause = Object.assign(new Error('getaddrinfo ENOTFOUND secret.example'), { code: 'ENOTFOUND' });
    const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed', { cause }));
    const error = await failureOf(heartbeatOn(server.url).tell('success'));
    fetched.mockRestore();
    expect(error).toBeInstanceOf(UserError);
    expect(told(error)).toContain('ENOTFOUND');
    expect(told(error)).not.toContain('secret');
  });

  it.each([
    { name: 'nothing of an address', text: 'hello secret' },
    { name: 'an address without a check', text: 'https://hc-ping.com/' },
    { name: 'an address in the clear', text: `http://hc-ping.com/${CHECK_SECRET}` },
    { name: 'a file', text: `file:///${CHECK_SECRET}` },
  ])('on $name is a mistake that says what to write, and not what stands there', async ({ text }) => {
    const error = await failureOf(heartbeatOn(text).tell('start'));
    expect(error).toBeInstanceOf(UserError);
    expect(told(error)).toContain(`The parameter ${PARAMETER} holds no address of a check.`);
    expect(told(error)).not.toContain('secret');
  });

  it.each([
    { name: 'a slash at the end', text: 'https://hc-ping.com/uuid/', is: 'https://hc-ping.com/uuid/fail' },
    { name: 'a query', text: 'https://hc-ping.com/uuid?rid=1', is: 'https://hc-ping.com/uuid/fail?rid=1' },
    { name: 'spaces around it', text: ' https://hc-ping.com/uuid\n', is: 'https://hc-ping.com/uuid/fail' },
  ])('puts up with $name', ({ text, is }) => {
    expect(heartbeatUrl(text, PARAMETER, 'failure')?.href).toBe(is);
  });
});
