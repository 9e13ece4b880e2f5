import type { AlertMessage } from '../model/alert-message.ts';
import type { DigestMessage } from '../model/digest-message.ts';
import type { Instant } from '../model/instant.ts';

/** A message to people. */
export interface Message {
  /** ASCII, under 100 characters, one line. */
  readonly subject: string;
  readonly body: string;
  /** The same as data, for channels with a form of their own. If it is too long, it has the worst findings, and the rest is counted. */
  readonly alert?: AlertMessage;
  /** A digest as data, in place of an alert. */
  readonly digest?: DigestMessage;
}

/**
 * Sends a message to people. Throws if it could not, a `NotSentError` if it certainly was not sent: an alert that was not sent never counts as sent.
 */
export interface Notifier {
  /** Throws if no one would receive a message. Called before each, so that nothing is saved about one that cannot be sent. */
  prepare(): Promise<void>;
  send(message: Message): Promise<void>;
}

/** One message in two forms, each the JSON document that the chat takes. */
export interface ChatMessage {
  readonly rich: object;
  /** The same in text alone, for when the chat refuses the rich form. */
  readonly plain: object;
}

/** A channel where people read. */
export interface Chat {
  /**
   * Posts the message, retrying until the deadline where that can help, and returns which form was accepted. Throws if none was. A lost response is
   * retried, so a message may arrive twice but is never lost. No error contains the channel's address, which is a secret.
   */
  post(message: ChatMessage, deadline: Instant): Promise<keyof ChatMessage>;
}

/** What a monitor outside AWS gets: a run began, was complete, or was not. */
export type Beat = 'start' | 'success' | 'failure';

/** An external monitor that alerts when it gets nothing. */
export interface Heartbeat {
  /**
   * Returns why the beat did not arrive, or nothing when it did: the monitor notices. Throws when no monitor can be waiting, because the address
   * cannot be read or belongs to no check. Neither contains the address, which is a secret.
   */
  tell(beat: Beat): Promise<string | undefined>;
}
