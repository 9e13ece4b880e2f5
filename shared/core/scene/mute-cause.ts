import type { Instant } from '../../model/instant.ts';
import { utcText } from '../text/time.ts';

const CAUSE = /^until (\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC$/;

/** Given when a mute ends, returns the cause of the finding that tells of it, by which it is known again: `until 2026-12-01 00:00 UTC`. */
export const muteCause = (until: Instant): string => `until ${utcText(until)}`;

/** Given such a cause, returns when the mute ends, to the minute. At the edge: undefined for every other text, and for none. */
export const endOfMute = (cause: string | undefined): Instant | undefined => {
  const [, date, time] = CAUSE.exec(cause ?? '') ?? [];
  const until = date === undefined ? Number.NaN : Date.parse(`${date}T${time}Z`);
  return Number.isNaN(until) ? undefined : until;
};
