import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import { compiledOnce, type Zone } from './compiled.ts';

// Intl also takes offsets such as +09:00 and abbreviations such as EST5EDT; neither says which clock changes apply where.
const SHAPE = /^[A-Z][A-Za-z]*(?:\/[A-Z][A-Za-z0-9_+-]*)+$/;

/** Returns the zones that IANA lists and this runtime knows by their main name, sorted. */
export const zoneNames = (): readonly string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')].sort();

const zoneOf = (name: string): Zone =>
  compiledOnce('zones', name, () => ({
    format: new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' }),
    offsets: new Map(),
  }));

/** How the runtime spells a zone, by its main name; undefined for one that it does not know. */
const spellingOf = (text: string): string | undefined => {
  try {
    return zoneOf(text).format.resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/**
 * Whether text is an IANA zone by place (`Europe/Berlin`) or `UTC`, spelled as IANA spells it. Older names of a place are valid (`Asia/Kolkata` and
 * `Asia/Calcutta`); offsets and abbreviations are not.
 */
export const isZoneName = (text: string): boolean => {
  if (text === 'UTC') return true;
  if (!SHAPE.test(text)) return false;
  const spelling = spellingOf(text);
  // Where the main name is another one, text is an older name of the place.
  return spelling !== undefined && (spelling === text || spelling.toLowerCase() !== text.toLowerCase());
};

/** What a clock on a wall shows: the milliseconds since 1970-01-01T00:00 of that calendar, as if it had never been set forward or back. */
export type WallTime = number;

const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

const readOffset = (format: Intl.DateTimeFormat, instant: Instant): number => {
  const [, sign, hours = 0, minutes = 0, seconds = 0] = OFFSET.exec(format.format(instant)) ?? [];
  const size = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * SECOND_MS;
  return sign === '-' ? -size : size;
};

const offsetAt = ({ format, offsets }: Zone, minute: number): number => {
  const known = offsets.get(minute);
  if (known !== undefined) return known;
  const offset = readOffset(format, minute * MINUTE_MS);
  offsets.set(minute, offset);
  return offset;
};

const DAY_MINUTES = DAY_MS / MINUTE_MS;

const offsetIn = (parts: Zone, instant: Instant): number => {
  const midnight = Math.floor(instant / DAY_MS) * DAY_MINUTES;
  const offset = offsetAt(parts, midnight);
  // No zone has changed its clocks and changed them back within a day, so equal ends mean an even day.
  if (offset === offsetAt(parts, midnight + DAY_MINUTES)) return offset;
  return offsetAt(parts, Math.floor(instant / MINUTE_MS));
};

/**
 * Returns how far a zone's clocks are ahead of UTC at an instant, in milliseconds. Exact for every change since 1973, all of which fall on whole
 * minutes. Throws RangeError for a zone that Intl does not know.
 */
export const zoneOffsetMs = (zone: string, instant: Instant): number =>
  zone === 'UTC' ? 0 : offsetIn(zoneOf(zone), instant);

/** Returns what a zone's clocks show, for many instants. Throws RangeError for a zone that Intl does not know. */
export const wallClockOf = (zone: string): ((instant: Instant) => WallTime) => {
  if (zone === 'UTC') return (instant) => instant;
  const parts = zoneOf(zone);
  return (instant) => instant + offsetIn(parts, instant);
};

/** Returns what a zone's clocks show at an instant. Two instants show the same time when clocks go back. */
export const wallTimeAt = (zone: string, instant: Instant): WallTime => instant + zoneOffsetMs(zone, instant);

/** The moments a time on the wall can stand for, by the offset before a clock change near it and the one after, in order. */
const readingsOf = (zone: string, wall: WallTime): readonly Instant[] => {
  const before = zoneOffsetMs(zone, wall - DAY_MS);
  const after = zoneOffsetMs(zone, wall + DAY_MS);
  const offsets = before === after ? [before] : [Math.max(before, after), Math.min(before, after)];
  return offsets.map((offset) => wall - offset);
};

/**
 * Returns the instants at which a zone's clocks show a wall time, in order: none for a time that clocks going forward skip, two for a time that
 * clocks going back repeat.
 */
export const momentsOf = (zone: string, wall: WallTime): readonly Instant[] =>
  readingsOf(zone, wall).filter((instant) => wallTimeAt(zone, instant) === wall);

/**
 * Returns the earliest moment that a time on the wall can mean: the first of two where clocks repeat it, and where they skip it the moment
 * that is as far before the change as the time lies behind it.
 */
export const earliestReadingOf = (zone: string, wall: WallTime): Instant => {
  const readings = readingsOf(zone, wall);
  return momentsOf(zone, wall)[0] ?? Math.min(...readings);
};

/** The first moment of the new offset, within a day of a skipped time. */
const changeNear = (zone: string, wall: WallTime): Instant => {
  let low = Math.floor((wall - DAY_MS) / MINUTE_MS);
  let high = Math.ceil((wall + DAY_MS) / MINUTE_MS);
  const before = zoneOffsetMs(zone, low * MINUTE_MS);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zoneOffsetMs(zone, middle * MINUTE_MS) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
};

/**
 * Returns the first instant at which a zone's clocks show a wall time or have passed it: for a skipped time the instant at which clocks went forward,
 * for a repeated time the first of its two instants.
 */
export const firstMomentOf = (zone: string, wall: WallTime): Instant =>
  momentsOf(zone, wall)[0] ?? changeNear(zone, wall);
