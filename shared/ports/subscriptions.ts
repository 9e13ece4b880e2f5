import type { Subscriber, TopicState } from '../model/topic-state.ts';
import type { Listing, Reading } from './inventory.ts';

/** The subscriptions of the alert topic. Never throws for what the service answers. */
export interface Subscriptions {
  /** How many there are. `missing`: there is no such topic. */
  read(): Promise<Reading<TopicState>>;
  /** Each of them, those of which only a trace is left excepted. */
  list(): Promise<Listing<Subscriber>>;
}
