/** Somebody, or something, that is subscribed to the alert topic. */
export interface Subscriber {
  /** Such as `email` or `lambda`. */
  readonly protocol: string;
  /** An address, an ARN, a URL. */
  readonly endpoint: string;
  /** False while SNS waits for the confirmation, and delivers nothing. */
  readonly confirmed: boolean;
}

/** Who receives what is published on the alert topic. */
export interface TopicState {
  /** Subscriptions that messages are delivered to. */
  readonly confirmed: number;
  /** Subscriptions that are still to be confirmed. */
  readonly pending: number;
  /** Each of them; absent where they were counted and not listed. */
  readonly subscribers?: readonly Subscriber[];
}
