import type { ToldFinding } from '../../model/alert-message.ts';
import type { Instant } from '../../model/instant.ts';
import { ageText, isStartKnown, RUN_MS, sinceText } from '../text/time.ts';

/** The parts of a finding that carry times. */
type Timed = Pick<
  ToldFinding,
  'since' | 'openedAt' | 'repairedAt' | 'resolvedAt' | 'count' | 'severity' | 'toldSeverity'
>;

/**
 * Describes since when a finding is open, and what it was before it became worse: `Since 2026-11-23 03:00 UTC (3 h
 * ago); it was a warning, and is critical now`. When the start is unknown, it gives the time when it was first seen.
 */
export const openTimes = (finding: Timed, now: Instant, timezone?: string | undefined): string => {
  const { since, openedAt, severity, toldSeverity = severity } = finding;
  const start = isStartKnown(since, openedAt)
    ? `Since ${sinceText(since, now, timezone)}`
    : firstSeen(openedAt, now, timezone);
  return toldSeverity === severity ? start : `${start}; ${changeText(toldSeverity, severity)}`;
};

const firstSeen = (at: Instant, now: Instant, timezone: string | undefined): string =>
  `First seen ${sinceText(at, now, timezone)}`;

const AS_WORDS = { critical: 'critical', warning: 'a warning', info: 'for information' } as const;

const changeText = (before: Timed['severity'], after: Timed['severity']): string =>
  `it was ${AS_WORDS[before]}, and is ${AS_WORDS[after]} now`;

/**
 * Describes how long a resolved finding lasted and since when: `Lasted 5 h, since 2026-11-23 00:00 UTC (5 h ago)`. One
 * that flapped, or was repaired, was resolved before the report; of several, the longest is given.
 */
export const overTimes = (finding: Timed, now: Instant, timezone?: string | undefined): string => {
  const { since, repairedAt, resolvedAt = now, count } = finding;
  if (repairedAt !== undefined && count === undefined && repairedAt - since < RUN_MS)
    return `Repaired by the run that found it, ${sinceText(repairedAt, now, timezone)}`;
  const age = ageText((repairedAt ?? resolvedAt) - since);
  return `Lasted ${count === undefined ? age : `up to ${age}`}, since ${sinceText(since, now, timezone)}`;
};
