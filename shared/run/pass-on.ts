import { isFirstOk, type TopicText } from '../core/messages/topic-content.ts';
import { CHANNELS, type ChannelName } from '../model/channel.ts';
import { messageOf } from '../model/errors.ts';
import { type Instant, SECOND_MS } from '../model/instant.ts';
import type { Log } from '../ports/log.ts';
import type { Outbox, Outgoing } from '../ports/messages.ts';
import type { Clock } from '../ports/time.ts';

/** The error of work that did not end in time; it names what was not answered. */
export class NotInTimeError extends Error {
  override readonly name = 'NotInTimeError';
}

/**
 * Waits for the work until that instant, then rejects with a `NotInTimeError`. The work continues
 * and its result is ignored.
 */
export const inTime = <Value>(
  clock: Pick<Clock, 'after' | 'now'>,
  until: Instant,
  work: () => Promise<Value>,
): Promise<Value> =>
  new Promise((resolve, reject) => {
    const stopWaiting = clock.after(until - clock.now(), () =>
      reject(new NotInTimeError('no answer came before the run had to end')),
    );
    work().then(resolve, reject).finally(stopWaiting);
  });

/** One message on the topic, with its SNS id. */
export interface TopicMessage extends TopicText {
  readonly id: string;
}

/** Returns the documents that a message is to a service, in the order in which they are sent; none where it is nothing for that service. */
export type Render = (message: TopicMessage) => readonly Outgoing[];

/** What passing messages on works with. `composeChannel` builds it. */
export interface PassDeps {
  readonly name: ChannelName;
  readonly render: Render;
  readonly clock: Clock;
  readonly log: Log;
  readonly outbox: Outbox;
}

/** The result of a set of messages. */
export interface PassReport {
  /** Taken by the service, all of each. */
  readonly posted: number;
  /** One for each message that was not, in their order. */
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

/** Returns what a channel is called within a sentence. */
export const titleOf = (name: ChannelName): string =>
  CHANNELS.find((channel) => channel.name === name)?.title ?? name;

/** Sends each document of a message; one that fails keeps none of the others. Throws the first failure when all are tried. */
const passOne = async (deps: PassDeps, message: TopicMessage, deadline: Instant): Promise<void> => {
  const { clock, log, name, outbox, render } = deps;
  if (isFirstOk(message.text)) {
    log.info('not posted: an alarm that was just made is OK', { messageId: message.id });
    return;
  }
  const failures: Error[] = [];
  const forms: string[] = [];
  for (const document of render(message)) {
    const post = () => outbox.post(document, deadline - POSTING_RESERVE_MS);
    const outcome = await inTime(clock, deadline - RESERVE_MS, post).catch(asError);
    if (outcome instanceof Error) failures.push(outcome);
    else forms.push(outcome);
  }
  const [failure] = failures;
  if (failure !== undefined) throw failure;
  log.info(`posted to ${titleOf(name)}`, { messageId: message.id, forms });
};

/**
 * Passes each message on, one after the other. A failing one delays no other; its error is
 * among the failures, for the caller to throw, so that the event is retried and then dead-lettered.
 */
export const passOn = async (
  deps: PassDeps,
  messages: readonly TopicMessage[],
  deadline: Instant,
): Promise<PassReport> => {
  const failures: Error[] = [];
  for (const message of messages) {
    const failure = await passOne(deps, message, deadline).catch(asError);
    if (failure === undefined) continue;
    deps.log.error(`not posted to ${titleOf(deps.name)}`, { messageId: message.id, reason: failure.message });
    failures.push(failure);
  }
  return { posted: messages.length - failures.length, failures };
};
