/** A message to people. */
export interface Message {
  /** ASCII, under 100 characters, one line. */
  readonly subject: string;
  readonly body: string;
}

/** Brings a message to people. Throws when it could not: an alert that did not leave is never taken for one that did. */
export interface Notifier {
  send(message: Message): Promise<void>;
}
