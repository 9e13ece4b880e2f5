import type { Instant } from './instant.ts';

/** A signed address of the page of all tables. It is a right of its own: whoever has it can read the page. */
export interface PageLink {
  readonly url: string;
  /** It opens no longer than that, and may end sooner, with the session that signed it. */
  readonly until: Instant;
}
