import type { TagPolicy } from '../model/tag-policy.ts';

/** The organization that the account belongs to, if it does. It only reads, and never throws for what the service answers. */
export interface Organization {
  /** What is in force in the account of the caller. */
  readTagPolicy(): Promise<TagPolicy>;
}
