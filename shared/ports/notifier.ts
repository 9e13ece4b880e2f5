import type { AlertMessage } from '../model/alert-message.ts';
import type { DigestMessage } from '../model/digest-message.ts';

/** A message to people. */
export interface Message {
  /** ASCII, under 100 characters, one line. */
  readonly subject: string;
  readonly body: string;
  /** The same as data, for channels with a form of their own. Where it is too long its worst findings travel, and the rest is counted. */
  readonly alert?: AlertMessage;
  /** A digest as data, in place of an alert. */
  readonly digest?: DigestMessage;
}

/** Brings a message to people. Throws when it could not, a `NotSentError` where it certainly did not leave: an alert that did not is never
 * taken for one that did. */
export interface Notifier {
  /** Throws where nobody would receive a message. Asked before each, so that nothing is written down of one that cannot leave. */
  prepare(): Promise<void>;
  send(message: Message): Promise<void>;
}
