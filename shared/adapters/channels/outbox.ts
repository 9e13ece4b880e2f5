import { UserError } from '../../model/errors.ts';
import { type Instant, SECOND_MS } from '../../model/instant.ts';
import type { Log } from '../../ports/log.ts';
import type { Outbox, Outgoing } from '../../ports/messages.ts';
import type { Secret } from '../../ports/secrets.ts';
import type { Clock } from '../../ports/time.ts';
import { type Exchange, exchange } from './exchange.ts';
import { type Destination, openSecret, type Service } from './service.ts';

/** What an outbox is made of. The secret says where to, and with which key. */
export interface OutboxOptions {
  readonly secret: Secret;
  readonly clock: Clock;
  readonly log: Log;
}

/** What to do after one request. `refused`: asking again will not help. */
type Verdict =
  | { readonly kind: 'taken' }
  | { readonly kind: 'again'; readonly why: string; readonly afterMs: number }
  | { readonly kind: 'refused'; readonly why: string; readonly status: number };

type Final = Exclude<Verdict, { readonly kind: 'again' }>;

/** One document on its way to one place. */
interface Posting {
  readonly id: string;
  readonly body: string;
  readonly destination: Destination;
  readonly deadline: Instant;
}

/** These services answer in well under a second; in milliseconds. */
const TIMEOUT_MS = 10 * SECOND_MS;

/** What goes wrong five times is left to Lambda, which tries again minutes later. */
const MOST_ATTEMPTS = 5;

/** The first back-off; it doubles with every attempt. */
const FIRST_DELAY_MS = SECOND_MS;

/** Statuses after which a service wants to be asked again: a request that came too slowly, too early, or once too often. */
const AGAIN: readonly number[] = [408, 425, 429];

/** How long a service says to wait, in seconds or until a date; undefined where it says nothing that can be read. */
const statedDelayMs = (retryAfter: string | undefined, now: Instant): number | undefined => {
  const text = retryAfter?.trim() ?? '';
  if (/^\d{1,6}$/.test(text)) return Number(text) * SECOND_MS;
  const at = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};

/**
 * Decides what to do after a request, from its result and the number of earlier attempts. Waits as long as the service says; its failures and
 * broken connections back off.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after (not verified)
 */
const verdictOf = (service: Service, came: Exchange, attempts: number, now: Instant): Verdict => {
  const backOffMs = FIRST_DELAY_MS * 2 ** (attempts - 1);
  if (came.kind === 'broken') return { kind: 'again', why: came.why, afterMs: backOffMs };
  const { status, word, retryAfter } = came;
  const why = word === '' ? `${status}` : `${status} ${word}`;
  if (service.isTaken(came)) return { kind: 'taken' };
  return status >= 500 || AGAIN.includes(status)
    ? { kind: 'again', why, afterMs: statedDelayMs(retryAfter, now) ?? backOffMs }
    : { kind: 'refused', why, status };
};

const outOfTime = ({ name }: Service, why: string, attempts: number): Error =>
  new Error(`${name} did not take the message (${why}; attempts: ${attempts}), and no time is left to wait`);

/** Posts one document until it is taken or refused; throws when the attempts or the time are used up. */
const persist = async ({ clock, log }: OutboxOptions, service: Service, posting: Posting): Promise<Final> => {
  const { deadline, destination, id, body } = posting;
  for (let attempts = 1; ; attempts += 1) {
    const timeoutMs = Math.min(TIMEOUT_MS, deadline - clock.now());
    if (timeoutMs <= 0) throw outOfTime(service, 'not tried', attempts - 1);
    const headers = destination.headersOf?.({ id, body, at: clock.now() }) ?? {};
    const came = await exchange({ url: destination.url, body, headers, clock, timeoutMs });
    const verdict = verdictOf(service, came, attempts, clock.now());
    if (verdict.kind !== 'again') return verdict;
    const { why, afterMs } = verdict;
    if (attempts === MOST_ATTEMPTS || clock.now() + afterMs >= deadline)
      throw outOfTime(service, why, attempts);
    log.warn(`${service.name} did not take the message yet`, { why, attempts, waitMs: afterMs });
    await clock.sleep(afterMs);
  }
};

/**
 * Creates the outbox of a service. Rate limits, the service's failures and broken connections are retried until the deadline; a form that it calls wrong
 * (400) is sent once more as text alone, where there is one. A refusal is a `UserError`, after which the secret is read again. No error and no log
 * line contains the secret.
 */
export const createOutbox = (options: OutboxOptions, service: Service): Outbox => {
  const { secret, log } = options;
  const refused = ({ why, status }: Extract<Final, { readonly kind: 'refused' }>): UserError => {
    secret.forget();
    const what = `${service.name} refused the message: ${why}.`;
    return new UserError({ code: service.refusedCode, what, fix: service.fixOf(status, secret.name) });
  };
  return {
    post: async ({ id, body, plain }: Outgoing, deadline) => {
      const destination = await openSecret(secret, service, 'to-send');
      const send = (document: object): Promise<Final> => {
        const text = JSON.stringify(destination.complete?.(document) ?? document);
        return persist(options, service, { id, body: text, destination, deadline });
      };
      const first = await send(body);
      if (first.kind === 'taken') return 'whole';
      if (first.status !== 400 || plain === undefined) throw refused(first);
      log.warn(`${service.name} refused the form; it is sent as text`, { why: first.why });
      const second = await send(plain);
      if (second.kind === 'taken') return 'plain';
      throw refused(second);
    },
  };
};
