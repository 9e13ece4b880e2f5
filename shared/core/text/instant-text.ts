import { type Instant, isoInstant } from '../../model/instant.ts';
import { ageText, agoText } from './time.ts';

/** Given a moment, returns it to the minute: `2026-11-23 03:00Z`. */
export const minuteText = (at: Instant): string => {
  const iso = isoInstant(at);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}Z`;
};

/** Given a moment and now, returns how far away it is: `3 h ago`, `in 22 h`. */
export const distanceText = (at: Instant, now: Instant): string =>
  at > now ? `in ${ageText(at - now)}` : agoText(at, now);
