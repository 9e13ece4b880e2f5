import { durationText, parseDuration } from '../../model/duration.ts';
import { DAY_MS } from '../../model/instant.ts';
import type { Advice } from './mistake.ts';
import { mostMsOf } from './schedule-mistake.ts';
import { durationAdvice } from './value-mistake.ts';

/** SAFETY: people are told this long before anything of a deleted table is deleted, and may have been away. */
export const LEAST_KEEP_MS = 7 * DAY_MS;

/** Explains what is wrong with how long recovery points stay after their table was deleted. Undefined for a week or more. */
export const afterDeletionAdvice = (text: string): Advice | undefined => {
  const unreadable = durationAdvice(text);
  const duration = unreadable === undefined ? parseDuration(text) : undefined;
  if (duration === undefined) return unreadable;
  if (mostMsOf(duration) >= LEAST_KEEP_MS) return undefined;
  return {
    what: `A table that was deleted by mistake may not be missed for ${durationText(duration)}: they are its last recovery points, and people are told a week before they go.`,
    fix: 'Write a duration of 7d or more, such as 30d.',
  };
};
