import type { Instant } from '../../model/instant.ts';
import { utcText } from '../text/time.ts';

const CAUSE = /^until (\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC$/;

/** Words the cause of a finding about a mute, by which it is recognized again: `until 2026-12-01 00:00 UTC`. */
export const muteCause = (until: Instant): string => `until ${utcText(until)}`;

/** Parses when a mute ends, to the minute, from such a cause; undefined for any other text, and for none. */
export const endOfMute = (cause: string | undefined): Instant | undefined => {
  const [, date, time] = CAUSE.exec(cause ?? '') ?? [];
  const until = date === undefined ? Number.NaN : Date.parse(`${date}T${time}Z`);
  return Number.isNaN(until) ? undefined : until;
};
