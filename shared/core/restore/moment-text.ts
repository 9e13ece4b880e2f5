import { DAY_MS, HOUR_MS, type Instant, isoInstant, MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import { wallTimeAt, zoneOffsetMs } from '../calendar/zone.ts';

/** Whose clock a person reads, and the moment at which they read. */
export interface Reader {
  /** IANA name. */
  readonly zone: string;
  readonly now: Instant;
}

const twoDigits = (amount: number): string => String(amount).padStart(2, '0');

/** Formats how far clocks are ahead of UTC: `+09:00`; UTC itself is `Z`. */
export const offsetText = (offsetMs: number): string => {
  if (offsetMs === 0) return 'Z';
  const minutes = Math.abs(offsetMs) / MINUTE_MS;
  return `${offsetMs < 0 ? '-' : '+'}${twoDigits(Math.trunc(minutes / 60))}:${twoDigits(minutes % 60)}`;
};

/** Formats a time on the wall with the offset that its clock shows it by: `2026-11-20T10:00:00+09:00`. `--at` reads it back. */
export const wallWithOffset = (wall: number, offsetMs: number): string =>
  isoInstant(wall).replace('Z', offsetText(offsetMs));

/** Formats a second as the clocks of a zone show it: `2026-11-20T10:00:00+09:00`. `--at` reads it back. */
export const localText = (at: Instant, zone: string): string =>
  wallWithOffset(wallTimeAt(zone, at), zoneOffsetMs(zone, at));

/** Formats a second as the clocks of a zone show it, without an offset: `2026-11-20T10:00:00`. `--at` reads it back with `--tz`. */
export const onTheWallText = (at: Instant, zone: string): string =>
  isoInstant(wallTimeAt(zone, at)).replace('Z', '');

const UNITS = [
  ['day', DAY_MS],
  ['h', HOUR_MS],
  ['min', MINUTE_MS],
  ['s', SECOND_MS],
] as const;

const amountText = (amount: number, unit: string): string =>
  unit === 'day' && amount !== 1 ? `${amount} days` : `${amount} ${unit}`;

/** Formats a span in its two largest units, rounded down: `2 h 14 min`, `5 min 3 s`, `3 days`. Nothing below zero. */
export const spanText = (ms: number): string => {
  const first = UNITS.findIndex(([, size]) => ms >= size);
  if (first === -1) return '0 s';
  let rest = ms;
  return UNITS.slice(first, first + 2)
    .map(([unit, size]) => {
      const amount = Math.floor(rest / size);
      rest -= amount * size;
      return amount === 0 ? '' : amountText(amount, unit);
    })
    .filter((text) => text !== '')
    .join(' ');
};

/** Writes how far away a moment is: `2 h 14 min ago`, `in 3 min`, `just now` within a second. */
export const awayText = (at: Instant, now: Instant): string => {
  if (Math.abs(now - at) < SECOND_MS) return 'just now';
  return at < now ? `${spanText(now - at)} ago` : `in ${spanText(at - now)}`;
};

/**
 * Formats a moment in UTC, on the reader's clock and by its distance: `2026-11-20T01:00:00Z (2026-11-20T10:00:00+09:00 in Asia/Tokyo, 2 h 14 min ago)`.
 * The reader's clock is left out where it shows UTC.
 */
export const momentText = (at: Instant, { zone, now }: Reader): string => {
  const shown = localText(at, zone);
  const local = shown === isoInstant(at) ? [] : [`${shown} in ${zone}`];
  return `${isoInstant(at)} (${[...local, awayText(at, now)].join(', ')})`;
};
