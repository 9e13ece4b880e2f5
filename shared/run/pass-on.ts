import { renderSlackMessage, type TopicText } from '../core/messages/slack/message.ts';
import { isFirstOk } from '../core/messages/topic-content.ts';
import { messageOf } from '../model/errors.ts';
import { type Instant, SECOND_MS } from '../model/instant.ts';
import type { Log } from '../ports/log.ts';
import type { Chat } from '../ports/messages.ts';
import type { Clock } from '../ports/time.ts';
import { inTime } from './in-time.ts';

/** What passing messages on to Slack works with. `composeSlack` builds it. */
export interface SlackParts {
  readonly instance: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly chat: Chat;
}

/** One message on the topic, with its SNS id. */
export interface TopicMessage extends TopicText {
  readonly id: string;
}

/** The result of a set of messages. */
export interface SlackReport {
  /** Posted in full, or as plain text. */
  readonly posted: number;
  /** One for each message that was not posted, in their order. */
  readonly failures: readonly Error[];
}

/**
 * What the end of the function needs, in milliseconds; posting stops a little earlier, with a more
 * precise error.
 */
const RESERVE_MS = SECOND_MS;
const POSTING_RESERVE_MS = 2 * SECOND_MS;

const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(messageOf(thrown), { cause: thrown });

const passOne = async (parts: SlackParts, message: TopicMessage, deadline: Instant): Promise<undefined> => {
  const { chat, clock, log } = parts;
  if (isFirstOk(message.text)) {
    log.info('not posted: an alarm that was just made is OK', { messageId: message.id });
    return undefined;
  }
  const post = () => chat.post(renderSlackMessage(message), deadline - POSTING_RESERVE_MS);
  const form = await inTime(clock, deadline - RESERVE_MS, post);
  log.info('posted to Slack', { messageId: message.id, form });
};

/**
 * Posts each message to Slack, one after the other. A failing one delays no other; its error is
 * among the failures, for the caller to throw, so that the event is retried and then dead-lettered.
 */
export const passToSlack = async (
  parts: SlackParts,
  messages: readonly TopicMessage[],
  deadline: Instant,
): Promise<SlackReport> => {
  const failures: Error[] = [];
  for (const message of messages) {
    const failure = await passOne(parts, message, deadline).catch(asError);
    if (failure === undefined) continue;
    parts.log.error('not posted to Slack', { messageId: message.id, reason: failure.message });
    failures.push(failure);
  }
  return { posted: messages.length - failures.length, failures };
};
