import { UserError } from '../../model/errors.ts';
import { type Instant, SECOND_MS } from '../../model/instant.ts';
import type { Log } from '../../ports/log.ts';
import type { Chat } from '../../ports/messages.ts';
import type { Secret } from '../../ports/secrets.ts';
import type { Clock } from '../../ports/time.ts';
import { exchange, type SlackVerdict, verdictOf } from './exchange.ts';
import { readWebhookAddress } from './slack-address.ts';

/** What a chat is made of. The secret holds the webhook's address. */
export interface WebhookChatOptions {
  readonly secret: Secret;
  readonly clock: Clock;
  readonly log: Log;
}

/** One document on its way to one address. */
interface Posting {
  readonly url: URL;
  readonly body: string;
  readonly deadline: Instant;
}

type Final = Exclude<SlackVerdict, { readonly kind: 'again' }>;

/** Slack answers in well under a second; in milliseconds. */
const TIMEOUT_MS = 10 * SECOND_MS;

/** What goes wrong five times is left to Lambda, which tries again minutes later. */
const MOST_ATTEMPTS = 5;

const outOfTime = (why: string, attempts: number): Error =>
  new Error(`Slack did not take the message (${why}; attempts: ${attempts}), and no time is left to wait`);

const refusal = (secret: Secret, { why, status }: Extract<Final, { readonly kind: 'refused' }>): UserError =>
  new UserError({
    code: 'slack-refused',
    what: `Slack refused the message: ${why}.`,
    fix:
      status === 400
        ? 'It refused the text alone as well: see the mail for what it says.'
        : `Make a webhook of a channel that exists, and write its address into ${secret.name}.`,
  });

/** Posts one document until it is taken or refused; throws when the attempts or the time are used up. */
const persist = async ({ clock, log }: WebhookChatOptions, posting: Posting): Promise<Final> => {
  const { deadline, ...where } = posting;
  for (let attempts = 1; ; attempts += 1) {
    const timeoutMs = Math.min(TIMEOUT_MS, deadline - clock.now());
    if (timeoutMs <= 0) throw outOfTime('not tried', attempts - 1);
    const verdict = verdictOf(await exchange({ ...where, clock, timeoutMs }), attempts - 1);
    if (verdict.kind !== 'again') return verdict;
    const { why, afterMs } = verdict;
    if (attempts === MOST_ATTEMPTS || clock.now() + afterMs >= deadline) throw outOfTime(why, attempts);
    log.warn('Slack did not take the message yet', { why, attempts, waitMs: afterMs });
    await clock.sleep(afterMs);
  }
};

/**
 * Creates the chat behind an incoming webhook. Rate limits, Slack's failures and broken connections are retried until the deadline; a refused form is
 * sent once more as text alone. A refusal is a `UserError`, after which the address is read again. No error and no log line contains the
 * address.
 * @see https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks (checked 2026-11-23)
 */
export const createWebhookChat = (options: WebhookChatOptions): Chat => {
  const { secret, log } = options;
  return {
    post: async ({ rich, plain }, deadline) => {
      const { url } = await readWebhookAddress(secret, 'to-send');
      const first = await persist(options, { url, body: JSON.stringify(rich), deadline });
      if (first.kind === 'taken') return 'rich';
      if (first.status !== 400) {
        secret.forget();
        throw refusal(secret, first);
      }
      log.warn('Slack refused the blocks; they are sent as text', { why: first.why });
      const second = await persist(options, { url, body: JSON.stringify(plain), deadline });
      if (second.kind === 'taken') return 'plain';
      secret.forget();
      throw refusal(secret, second);
    },
  };
};
