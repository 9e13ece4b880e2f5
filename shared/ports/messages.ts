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

/** One JSON document for a service outside AWS. */
export interface Outgoing {
  /** The same at every attempt, so that a receiver can tell a repetition. */
  readonly id: string;
  readonly body: object;
  /** The same in text alone, for a service that may refuse the other form. */
  readonly plain?: object;
}

/** A service outside AWS that people are alerted by. */
export interface Outbox {
  /**
   * Posts the document, retrying until the deadline where that can help, and returns which form was accepted. Throws if none was. A lost response is
   * retried, so a document may arrive twice but is never lost. No error contains where it goes or what signs it, which are secrets.
   */
  post(document: Outgoing, deadline: Instant): Promise<'whole' | 'plain'>;
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
