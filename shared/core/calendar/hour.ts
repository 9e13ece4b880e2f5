import { HOUR_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import { momentsOf, type WallTime, zoneOffsetMs } from './zone.ts';

/** One period that the clocks of a zone show. */
export interface ShownPeriod {
  /** Equal for two moments of the same period only; of all zones together, one key has one label. */
  readonly key: number;
  /** Any time on the wall in it. */
  readonly wall: WallTime;
  /** How far the clocks are ahead of UTC in it, where another one reads the same; otherwise its label is its own. */
  readonly offsetMs?: number;
}

const LAST_MINUTE_MS = HOUR_MS - MINUTE_MS;

/** No offset is a day or more, either way. */
const OFFSETS = 2 * 24 * 60;

/** Clocks change at most once near an hour, so that either end of it tells whether another offset shows any of it. */
const isShownBy = (zone: string, wall: WallTime, offset: number): boolean =>
  [wall, wall + LAST_MINUTE_MS].some((end) => momentsOf(zone, end).some((moment) => end - moment === offset));

/** The other offset by which the clocks show part of the hour, if there is one. */
const hasTwin = (zone: string, wall: WallTime, instant: Instant, offset: number): boolean =>
  [instant - 24 * HOUR_MS, instant + 24 * HOUR_MS]
    .map((near) => zoneOffsetMs(zone, near))
    .some((other) => other !== offset && isShownBy(zone, wall, other));

/**
 * Finds the hour that clocks show at a moment.
 * SAFETY: hours are exact: what clocks show by two offsets is two hours, also where they read the same, so that no hour is longer than sixty minutes.
 */
export const hourAt = (zone: string, instant: Instant): ShownPeriod => {
  const offsetMs = zoneOffsetMs(zone, instant);
  const hour = Math.floor((instant + offsetMs) / HOUR_MS);
  const wall = hour * HOUR_MS;
  if (!hasTwin(zone, wall, instant, offsetMs)) return { key: hour * OFFSETS, wall };
  return { key: hour * OFFSETS + OFFSETS / 2 + offsetMs / MINUTE_MS, wall, offsetMs };
};
