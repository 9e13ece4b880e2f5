import type { Instant } from '../model/instant.ts';

/** Spaces out what must not be repeated at once. Lives as long as its process, and so needs no store. */
export interface Pause {
  isOver(now: Instant): boolean;
  begin(now: Instant): void;
}
