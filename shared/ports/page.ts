import type { Instant } from '../model/instant.ts';

/** Where the newest page of a deployment lies. */
export interface PageShelf {
  /** Puts a page there, over the one before. Rejects where it did not arrive, and says why. */
  put(page: string): Promise<void>;
  /** Returns an address at which anyone who has it can open the page until then, and no longer than the session of this function. */
  link(until: Instant): Promise<string>;
}
