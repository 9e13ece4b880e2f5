import type { Trail } from '../model/trail.ts';
import type { Listing } from './inventory.ts';

/** The trails of CloudTrail. It only reads, and never throws for what the service answers. */
export interface Trails {
  /** All that reach the target's Region: its own, those of several Regions, that of the organization. Sorted by name. */
  list(): Promise<Listing<Trail>>;
}
