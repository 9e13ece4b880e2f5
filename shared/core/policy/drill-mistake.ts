import { durationText, parseDuration } from '../../model/duration.ts';
import { DAY_MS } from '../../model/instant.ts';
import type { Advice } from './mistake.ts';
import { mostMsOf } from './schedule-mistake.ts';
import { durationAdvice } from './value-mistake.ts';

/** A table of the drill before is deleted and proved to be gone by then. */
const LEAST_MS = DAY_MS;
const MOST_MS = 366 * DAY_MS;

/** Explains what is wrong with how often a table is drilled. Undefined for a day to a year. */
export const drillEveryAdvice = (text: string): Advice | undefined => {
  const unreadable = durationAdvice(text);
  const duration = unreadable === undefined ? parseDuration(text) : undefined;
  if (duration === undefined) return unreadable;
  const everyMs = mostMsOf(duration);
  if (everyMs >= LEAST_MS && everyMs <= MOST_MS) return undefined;
  return {
    what: `A drill every ${durationText(duration)} is ${everyMs < LEAST_MS ? 'more often than one can end' : 'less often than once a year'}.`,
    fix: 'Write a duration from 1d to 1y, such as 7d or 30d.',
  };
};
