import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Clock } from '../../ports/time.ts';

/** What a service answered. Nothing in it can hold the address. */
export interface Answer {
  readonly kind: 'answered';
  readonly status: number;
  /** The response, if it is a short word such as Slack's `ok` and `no_service`; empty otherwise. */
  readonly word: string;
  /** How long to wait, as the answer says. */
  readonly retryAfter: string | undefined;
}

/** What one request came to. */
export type Exchange = Answer | { readonly kind: 'broken'; readonly why: string };

export interface ExchangeRequest {
  readonly url: URL;
  readonly body: string;
  /** Besides the type and the length. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** Slack's words are short; an error page of something in between is not, and may hold the address it was asked for. */
const WORD = /^[a-z][a-z_]{1,60}$/;

/** More of an answer is not read. */
const MOST_CHARS = 10_000;

const readText = async (response: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk;
    if (text.length > MOST_CHARS) break;
  }
  return text.trim();
};

/** An error of a socket contains the host, which may be part of a mistyped secret: only its code is reported. */
const brokenBy = (error: unknown): Exchange => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return { kind: 'broken', why: typeof code === 'string' ? code : 'the connection broke' };
};

const answered = async (response: IncomingMessage): Promise<Exchange> => {
  const text = await readText(response);
  return {
    kind: 'answered',
    status: response.statusCode ?? 0,
    word: WORD.test(text) ? text : '',
    retryAfter: response.headers['retry-after'],
  };
};

/** Without encryption only on one's own machine. `node:http` brings all of fetch along, a fifth of a start, so it is not loaded before. */
const requestTo = async ({ protocol }: URL): Promise<typeof requestHttps> =>
  protocol === 'https:' ? requestHttps : (await import('node:http')).request;

/**
 * Posts a JSON document once and returns what came of it. Never throws: a broken connection, or a response that took longer than
 * `timeoutMs` on the clock, is one of the results. Redirections are not followed.
 */
export const exchange = async ({
  url,
  body,
  headers = {},
  clock,
  timeoutMs,
}: ExchangeRequest): Promise<Exchange> => {
  const send = await requestTo(url);
  const all = {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  };
  const request = send(url, { method: 'POST', headers: all, agent: false });
  const answer = new Promise<Exchange>((resolve) => {
    request.on('error', (error) => resolve(brokenBy(error)));
    request.on('response', (response) => resolve(answered(response).catch(brokenBy)));
  });
  request.end(body);
  const late = clock.sleep(timeoutMs).then((): Exchange => ({ kind: 'broken', why: 'no answer in time' }));
  const came = await Promise.race([answer, late]);
  request.destroy();
  return came;
};
