import type { TopicState } from '../model/topic-state.ts';
import type { Reading } from './inventory.ts';

/** The subscriptions of the alert topic. */
export interface Subscriptions {
  /** `missing`: there is no such topic. Never throws for what the service answers. */
  read(): Promise<Reading<TopicState>>;
}
