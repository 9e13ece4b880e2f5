import { DAY_MS, HOUR_MS, type Instant, isoInstant, MINUTE_MS } from '../../model/instant.ts';

/**
 * Given a length of time in milliseconds, returns it in one unit, rounded down: `26 h`. At the edge: minutes below an hour, hours below
 * three days, days from there on, and nothing below zero.
 */
export const ageText = (ms: number): string => {
  if (ms >= 3 * DAY_MS) return `${Math.floor(ms / DAY_MS)} days`;
  return ms >= HOUR_MS ? `${Math.floor(ms / HOUR_MS)} h` : `${Math.max(0, Math.floor(ms / MINUTE_MS))} min`;
};

/** Given a number of days, returns it with its unit: `1 day`, `35 days`. */
export const daysText = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

/** Given two moments, returns how long ago the first one was: `3 h ago`. At the edge: under a minute, and ahead of now, is `just now`. */
export const agoText = (at: Instant, now: Instant): string =>
  now - at < MINUTE_MS ? 'just now' : `${ageText(now - at)} ago`;

/** Given a moment, returns it as every sentence to people has it: `2026-11-23 03:00 UTC`. */
export const utcText = (at: Instant): string => {
  const iso = isoInstant(at);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
};

/** Making one takes longer than a mail; a policy file has one zone. */
const wallFormats = new Map<string, Intl.DateTimeFormat>();

const wallFormat = (timezone: string): Intl.DateTimeFormat => {
  const known = wallFormats.get(timezone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  wallFormats.set(timezone, format);
  return format;
};

/**
 * Given a moment and a zone, returns what the clock on the wall showed there: `2026-11-23 12:00 Asia/Seoul`. At the edge a zone that the
 * platform does not know is an error (`RangeError`).
 */
const wallText = (at: Instant, timezone: string): string => `${wallFormat(timezone).format(at)} ${timezone}`;

/**
 * Given a moment, returns it as people read it at any hour: `2026-11-23 03:00 UTC (3 h ago)`, with the time in their own zone after it
 * where one is given. At the edge UTC is not told twice.
 */
export const sinceText = (at: Instant, now: Instant, timezone?: string | undefined): string => {
  const wall = timezone === undefined || timezone === 'UTC' ? [] : [wallText(at, timezone)];
  return `${utcText(at)} (${[...wall, agoText(at, now)].join(', ')})`;
};

/** Given a moment, returns it to the minute: `2026-11-23 03:00Z`. */
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
