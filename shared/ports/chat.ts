import type { Instant } from '../model/instant.ts';

/** One message in two forms, each the JSON document that the chat takes. */
export interface ChatMessage {
  readonly rich: object;
  /** The same in text alone, for when the chat refuses the rich form. */
  readonly plain: object;
}

/** A channel where people read. */
export interface Chat {
  /**
   * Posts the message, trying again until the deadline where that can help, and says which form was taken. Throws when it was not taken. A
   * lost answer is tried again, so that a message may come twice but never not. No error names the channel's address, which is a secret.
   */
  post(message: ChatMessage, deadline: Instant): Promise<keyof ChatMessage>;
}
