import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { SECOND_MS } from '../../model/instant.ts';
import type { Clock } from '../../ports/time.ts';

/** What to do after one request. `refused`: asking again will not help. */
export type SlackVerdict =
  | { readonly kind: 'taken' }
  | { readonly kind: 'again'; readonly why: string; readonly afterMs: number }
  | { readonly kind: 'refused'; readonly why: string; readonly status: number };

/** The first back-off; it doubles with every attempt. */
const FIRST_DELAY_MS = SECOND_MS;

/** Seconds after which Slack wants to be asked again, where they are stated and are a number. */
const statedDelayMs = (retryAfter: string | undefined): number | undefined =>
  retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter.trim())
    ? Number(retryAfter) * SECOND_MS
    : undefined;

const answerText = (status: number, word: string): string =>
  word === '' ? `${status}` : `${status} ${word}`;

/**
 * Decides what to do after a request, from its result and the number of earlier attempts. Only a 200 with the body `ok` is Slack's: other pages
 * answer 200 to anything. Rate limits wait as long as Slack says; server failures and broken connections back off.
 * @see https://docs.slack.dev/apis/web-api/rate-limits (checked 2026-11-23)
 */
export const verdictOf = (came: Exchange, attemptsBefore: number): SlackVerdict => {
  const backOffMs = FIRST_DELAY_MS * 2 ** attemptsBefore;
  if (came.kind === 'broken') return { kind: 'again', why: came.why, afterMs: backOffMs };
  const { status, word, retryAfter } = came;
  const why = answerText(status, word);
  if (status === 200 && word === 'ok') return { kind: 'taken' };
  if (status === 429) return { kind: 'again', why, afterMs: statedDelayMs(retryAfter) ?? backOffMs };
  return status >= 500 ? { kind: 'again', why, afterMs: backOffMs } : { kind: 'refused', why, status };
};

/** What one request to a webhook came to. Nothing in it can hold the address. */
export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The response, if it is one of Slack's short words: `ok`, `no_service`; empty otherwise. */
      readonly word: string;
      /** How long to wait, in seconds, as the answer says. */
      readonly retryAfter: string | undefined;
    }
  | { readonly kind: 'broken'; readonly why: string };

export interface ExchangeRequest {
  readonly url: URL;
  readonly body: string;
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
 * Posts a JSON document to a webhook once and returns what came of it. Never throws: a broken connection, or a response that took longer than
 * `timeoutMs` on the clock, is one of the results. Redirections are not followed.
 */
export const exchange = async ({ url, body, clock, timeoutMs }: ExchangeRequest): Promise<Exchange> => {
  const send = await requestTo(url);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  };
  const request = send(url, { method: 'POST', headers, agent: false });
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
