import type { Instant } from '../../model/instant.ts';

/** A month of the bill, in UTC: from its first instant until before `end`. */
export interface Month {
  readonly start: Instant;
  readonly end: Instant;
}

/** Finds the month of an instant, or one that many months later. */
export const monthOf = (at: Instant, later = 0): Month => {
  const day = new Date(at);
  const start = (offset: number): Instant => Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + offset, 1);
  return { start: start(later), end: start(later + 1) };
};

/** Lists the months that a span touches, in order. */
export const monthsBetween = (from: Instant, to: Instant): readonly Month[] => {
  const months: Month[] = [];
  for (let month = monthOf(from); month.start < to; month = monthOf(month.end)) months.push(month);
  return months;
};

/** Returns which share of a month lies within a span. */
export const shareOfMonth = ({ start, end }: Month, from: Instant, to: Instant): number =>
  Math.max(0, Math.min(end, to) - Math.max(start, from)) / (end - start);

/** Writes a month: `2026-12`. */
export const monthText = ({ start }: Month): string => new Date(start).toISOString().slice(0, 7);

/** Writes the day of an instant, in UTC: `2026-12-01`. */
export const dayText = (at: Instant): string => new Date(at).toISOString().slice(0, 10);
