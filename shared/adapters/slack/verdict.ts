import { SECOND_MS } from '../../model/instant.ts';
import type { Exchange } from './webhook-exchange.ts';

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
 * Given what a request came to and how many were made before it, returns what to do. At the edge only a 200 that says `ok` is Slack's: other
 * pages answer 200 to anything. What is too fast waits as long as Slack says, a server's failure and a broken connection back off.
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
