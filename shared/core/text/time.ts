import { DAY_MS, HOUR_MS, type Instant, isoInstant, MINUTE_MS } from '../../model/instant.ts';

/** Formats milliseconds in one unit, rounded down: `26 h`. Minutes below an hour, hours below three days, then days; nothing below zero. */
export const ageText = (ms: number): string => {
  if (ms >= 3 * DAY_MS) return `${Math.floor(ms / DAY_MS)} days`;
  return ms >= HOUR_MS ? `${Math.floor(ms / HOUR_MS)} h` : `${Math.max(0, Math.floor(ms / MINUTE_MS))} min`;
};

/** Formats a number of days: `1 day`, `35 days`. */
export const daysText = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

/** Formats how far back something reaches: `23 hours`, from 3 days on `35 days`. A day on which clocks go forward is a day. */
export const reachText = (ms: number): string => {
  const days = Math.floor((ms + HOUR_MS) / DAY_MS);
  const hours = Math.floor(ms / HOUR_MS);
  if (days >= 3) return daysText(days);
  return hours === 1 ? '1 hour' : `${hours} hours`;
};

/** Formats how long ago an instant was: `3 h ago`. Under a minute, or ahead of now, it is `just now`. */
export const agoText = (at: Instant, now: Instant): string =>
  now - at < MINUTE_MS ? 'just now' : `${ageText(now - at)} ago`;

/** Formats an instant for sentences: `2026-11-23 03:00 UTC`. */
export const utcText = (at: Instant): string => {
  const iso = isoInstant(at);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
};

/**
 * Returns how to format what clocks showed in a zone, to the minute: `2026-11-23 12:00`. Throws RangeError for a zone that the platform does not know.
 * It is made once for many instants, because Intl takes a tenth of a millisecond for it.
 */
export const wallMinutesOf = (timezone: string): ((at: Instant) => string) => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return (at) => format.format(at);
};

/** Formats what clocks showed in a zone: `2026-11-23 12:00 Asia/Seoul`. Throws RangeError for a zone that the platform does not know. */
const wallText = (at: Instant, timezone: string): string => `${wallMinutesOf(timezone)(at)} ${timezone}`;

/**
 * Formats an instant with its age: `2026-11-23 03:00 UTC (3 h ago)`, followed by the time in the reader's zone if one is given. UTC is not repeated.
 */
export const sinceText = (at: Instant, now: Instant, timezone?: string | undefined): string => {
  const wall = timezone === undefined || timezone === 'UTC' ? [] : [wallText(at, timezone)];
  return `${utcText(at)} (${[...wall, agoText(at, now)].join(', ')})`;
};

/** Formats an instant to the minute: `2026-11-23 03:00Z`. */
export const minuteText = (at: Instant): string => {
  const iso = isoInstant(at);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}Z`;
};

/** Writes how far away a moment is: `3 h ago`, `in 22 h`. */
export const distanceText = (at: Instant, now: Instant): string => {
  if (at <= now) return agoText(at, now);
  return at - now < MINUTE_MS ? 'in less than a minute' : `in ${ageText(at - now)}`;
};

/** Writes how long ago something began. Clocks may differ by a little: under a minute ahead is `just now`. */
export const beganText = (at: Instant, now: Instant): string =>
  at - now < MINUTE_MS ? agoText(at, now) : distanceText(at, now);

/**
 * The longest a run takes. If something seems to have begun within the run that found it, it may have begun long
 * before.
 */
export const RUN_MS = 15 * MINUTE_MS;

/** Whether when something began is known, and not only when it was first seen. */
export const isStartKnown = (since: Instant, seenAt: Instant): boolean => seenAt - since >= RUN_MS;
