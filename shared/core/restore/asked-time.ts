import { UserError } from '../../model/errors.ts';
import { HOUR_MS, type Instant, isoInstant, MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import {
  firstMomentOf,
  momentsOf,
  type WallTime,
  wallTimeAt,
  zoneNames,
  zoneOffsetMs,
} from '../calendar/zone.ts';
import { nearest } from '../text/nearest.ts';
import { capped } from '../text/words.ts';
import { localText, offsetText, wallWithOffset } from './moment-text.ts';

/** `--at` as it was typed, and what is needed to read it. */
export interface TypedTime {
  readonly text: string;
  /** `--tz`. */
  readonly zone?: string | undefined;
  /** The zone of the machine on which it was typed: never assumed, only offered as a reading. */
  readonly machineZone: string;
}

/** A time on the wall, and the offset that stands behind it. */
interface WrittenTime {
  readonly wall: WallTime;
  readonly offsetMs?: number;
  /** `Z`: it says nothing of a place, so that it may stand beside any zone. */
  readonly isUtc: boolean;
}

const SHAPE =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?: ?([Zz]|UTC)|([+-])(\d\d):?(\d\d)?)?$/;

/** The service began on 2012-01-18; nothing of before can be meant. */
const FIRST_DAY = Date.UTC(2012, 0, 18);

const mistake = (code: string, what: string, fix: string, facts?: object): UserError =>
  new UserError({ code, what, fix, ...(facts !== undefined && { facts }) });

/** What may be meant, for programs. */
const readingsOf = (moments: readonly Instant[]) => ({ readings: moments.map(isoInstant) });

const shown = (text: string): string => capped(text, 60);

const notATime = (text: string): UserError =>
  mistake(
    'not-a-time',
    `--at ${shown(text)} is not a time.`,
    'Write it like --at 2026-11-20T10:00:00Z or --at 2026-11-20T10:00+09:00, or as the wall shows it with --tz Europe/Zurich; or --at latest.',
  );

const between = (value: number, most: number): boolean => value <= most;

const wallOf = (text: string, parts: readonly (string | undefined)[]): WallTime => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const isReal =
    between(hour, 23) && between(minute, 59) && between(second, 59) && new Date(wall).getUTCDate() === day;
  if (!isReal || month < 1 || month > 12 || wall < FIRST_DAY) throw notATime(text);
  return wall;
};

const offsetOf = (text: string, [sign, hours, minutes]: readonly (string | undefined)[]): number => {
  const size = Number(hours) * HOUR_MS + Number(minutes ?? 0) * MINUTE_MS;
  if (!between(Number(minutes ?? 0), 59) || !between(size, 14 * HOUR_MS)) throw notATime(text);
  return size === 0 || sign === '+' ? size : -size;
};

/** A fraction that is not zero would have to be moved to a second: a person says to which. */
const refuseFraction = (text: string, fraction: string | undefined): void => {
  if (Number(fraction ?? 0) === 0) return;
  throw mistake(
    'not-a-whole-second',
    `--at ${shown(text)} is not a whole second.`,
    'A restore goes to whole seconds: leave out the fraction, or write the second after it.',
  );
};

const readWritten = (text: string): WrittenTime => {
  const parts = SHAPE.exec(text.trim());
  if (parts === null) throw notATime(text);
  refuseFraction(text, parts[7]);
  const wall = wallOf(text, parts);
  if (parts[8] !== undefined) return { wall, offsetMs: 0, isUtc: true };
  return parts[9] === undefined
    ? { wall, isUtc: false }
    : { wall, offsetMs: offsetOf(text, parts.slice(9)), isUtc: false };
};

/** Without the day where it is that of what was typed. */
const shortUtc = (at: Instant, wall: WallTime): string => {
  const iso = isoInstant(at).replace(':00Z', 'Z');
  const day = isoInstant(wall).slice(0, 10);
  return iso.replace(`${day}T`, '');
};

const withoutZone = ({ text, machineZone }: TypedTime, wall: WallTime): UserError => {
  const local = momentsOf(machineZone, wall).filter((at) => at !== wall);
  const readings = local.map((at) => shortUtc(at, wall)).join(' or ');
  const what =
    local.length === 0
      ? `${shown(text)} has no time zone.`
      : `${shown(text)} has no time zone: ${shortUtc(wall, wall)}, or ${readings} if you mean ${machineZone} (this machine)?`;
  const written = [isoInstant(wall), ...local.map((at) => localText(at, machineZone))];
  const others = local.length === 0 ? '; or say whose clock it is, such as --tz Europe/Zurich' : '';
  return mistake(
    'time-without-zone',
    what,
    `Write ${written.map((one) => `--at ${one}`).join(' or ')}${others}.`,
    readingsOf([wall, ...local]),
  );
};

const skipped = (text: string, wall: WallTime, zone: string): UserError => {
  const after = firstMomentOf(zone, wall);
  const [before, behind] = [after - SECOND_MS, after].map((at) => localText(at, zone));
  return mistake(
    'time-never-happens',
    `${shown(text)} never happens in ${zone}, because clocks go forward: ${before} (${isoInstant(after - SECOND_MS)}) is followed by ${behind} (${isoInstant(after)}).`,
    `Write --at ${before} or --at ${behind}.`,
    readingsOf([after - SECOND_MS, after]),
  );
};

const repeated = (text: string, moments: readonly Instant[], zone: string): UserError =>
  mistake(
    'time-happens-twice',
    `${shown(text)} happens twice in ${zone}, because clocks go back: at ${moments.map(isoInstant).join(' and at ')}.`,
    `Write ${moments.map((at) => `--at ${localText(at, zone)}`).join(' or ')}.`,
    readingsOf(moments),
  );

const onTheWall = (text: string, wall: WallTime, zone: string): Instant => {
  const moments = momentsOf(zone, wall);
  const [first] = moments;
  if (first === undefined) throw skipped(text, wall, zone);
  if (moments.length > 1) throw repeated(text, moments, zone);
  return first;
};

const wrongOffset = (text: string, { wall, offsetMs = 0 }: WrittenTime, zone: string): UserError => {
  const moments = momentsOf(zone, wall);
  const right = moments.map((at) => wallWithOffset(wall, wall - at));
  const actual = zoneOffsetMs(zone, wall - offsetMs);
  const choices = [...right, isoInstant(wall - offsetMs)].map((one) => `--at ${one}`);
  return mistake(
    'offset-does-not-hold',
    `${shown(text)} contradicts --tz ${zone}, whose clocks are at ${actual === 0 ? '+00:00' : offsetText(actual)} then, not at ${offsetMs === 0 ? '+00:00' : offsetText(offsetMs)}.`,
    `Write ${[...new Set(choices)].join(' or ')}.`,
    readingsOf([...new Set([...moments, wall - offsetMs])]),
  );
};

/**
 * Refuses a name that is no zone by place, with the nearest one that is.
 * Throws UserError.
 */
export const unknownZone = (zone: string): UserError => {
  const meant = nearest(zone, zoneNames());
  return mistake(
    'unknown-zone',
    `--tz ${shown(zone)} is not a time zone.`,
    meant === undefined
      ? 'Write a place as IANA names it, such as Europe/Zurich, or UTC.'
      : `Did you mean ${meant}?`,
    { nearest: meant === undefined ? [] : [meant] },
  );
};

/**
 * Parses `--at` to the second that was meant.
 * SAFETY: throws UserError wherever more than one second, or none, can be meant; it never chooses one.
 */
export const parseAt = (typed: TypedTime): Instant => {
  const { text, zone } = typed;
  const written = readWritten(text);
  const { wall, offsetMs, isUtc } = written;
  if (offsetMs === undefined) {
    if (zone === undefined) throw withoutZone(typed, wall);
    return onTheWall(text, wall, zone);
  }
  const at = wall - offsetMs;
  if (zone !== undefined && !isUtc && wallTimeAt(zone, at) !== wall) throw wrongOffset(text, written, zone);
  return at;
};
