/** Who hears what is published on the alert topic. */
export interface TopicState {
  /** Subscriptions that messages are delivered to. */
  readonly confirmed: number;
  /** Subscriptions that somebody still has to confirm. */
  readonly pending: number;
}
