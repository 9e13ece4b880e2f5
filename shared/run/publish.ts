import { type Instant, SECOND_MS } from '../model/instant.ts';
import type { PageLink } from '../model/page-link.ts';
import type { Deps } from './deps.ts';
import type { Look } from './look.ts';

/** What came of a page: the link to it, or why there is none. */
export interface Published {
  readonly link?: PageLink;
  readonly failures: readonly string[];
}

/** Writes the page of what an audit saw where people can open it, in time. Never rejects. */
export type PublishPage = (parts: Deps, seen: Look, until: Instant) => Promise<Published>;

/** What a page may take of a run. Findings are reported however it ends. */
const PAGE_MS = 45 * SECOND_MS;

/** Publishes the page, by that instant. */
export const publish = (
  publishPage: PublishPage,
  parts: Deps,
  seen: Look,
  until: Instant,
): Promise<Published> => publishPage(parts, seen, Math.min(until, parts.clock.now() + PAGE_MS));
