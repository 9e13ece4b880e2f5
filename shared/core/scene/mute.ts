import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Memory, MuteRecord, MuteSpell } from '../../model/memory.ts';
import type { Policies } from '../../model/policy.ts';
import { MUTE_TAG, type TaggedTable } from '../../model/table.ts';
import { firstMomentOf, wallTimeAt } from '../calendar/zone.ts';
import { zoneOf } from '../policy/compile.ts';

/**
 * Maintenance ends. Anything muted for longer is meant to be muted for good, and that is not
 * maintenance.
 */
export const LONGEST_MUTE_DAYS = 90;

/**
 * Mutes are added up over this many days, so that renewals and short breaks make none longer than
 * the longest.
 */
export const MUTE_YEAR_DAYS = 365;

/** Spells beyond this number are joined, oldest first, with the breaks between them. */
const MOST_SPELLS = 40;

const YEAR_MS = MUTE_YEAR_DAYS * DAY_MS;
const LONGEST_MS = LONGEST_MUTE_DAYS * DAY_MS;

const askedMs = (spells: readonly MuteSpell[], now: Instant): number =>
  spells
    .map(({ from, until }) => Math.min(until, now) - Math.max(from, now - YEAR_MS))
    .reduce((sum, ms) => sum + Math.max(0, ms), 0);

/**
 * Returns how much longer a table may be muted, in milliseconds, from when a mute was requested
 * over the last year: 90 days in all. Time for which it was requested and no longer granted counts
 * too, so a mute that is always renewed stays refused until it is removed.
 */
export const muteLeftMs = (record: MuteRecord | undefined, now: Instant): number =>
  Math.max(0, LONGEST_MS - askedMs(record?.spells ?? [], now));

const joinedOldest = (spells: readonly MuteSpell[]): readonly MuteSpell[] => {
  const [first, second, ...rest] = spells;
  if (first === undefined || second === undefined || spells.length <= MOST_SPELLS) return spells;
  return joinedOldest([{ from: first.from, until: second.until }, ...rest]);
};

const recordOf = (
  mutedTable: string,
  spells: readonly MuteSpell[],
  renewedAt: Instant | undefined,
  now: Instant,
): MuteRecord | undefined => {
  const kept = joinedOldest(spells.filter(({ from, until }) => until > now - YEAR_MS && until > from));
  if (kept.length === 0) return undefined;
  return { mutedTable, spells: kept, ...(renewedAt !== undefined && { renewedAt }) };
};

/** What a run sees of the mute of a table: until when its tag asks for it now, if it does. */
export interface MuteSeen {
  readonly table: string;
  readonly until: Instant | undefined;
  /** Since when it has been muted according to its open finding, if there is no record of it yet. */
  readonly knownSince?: Instant | undefined;
}

/**
 * Returns the record of a table's mutes after a run has seen its tag. A tag that moves the end of
 * an active mute further away renews it; a removed tag ends it now. Undefined if nothing of the
 * last year is left.
 */
export const nextMuteRecord = (
  before: MuteRecord | undefined,
  { table, until, knownSince = Number.POSITIVE_INFINITY }: MuteSeen,
  now: Instant,
): MuteRecord | undefined => {
  const spells = before?.spells ?? [];
  const last = spells.at(-1);
  const renewedAt = before?.renewedAt;
  if (last !== undefined && last.until > now) {
    const isRenewed = until !== undefined && until > last.until;
    // Times that were saved by a clock that ran ahead are capped at now.
    const spell = { from: Math.min(last.from, now), until: until ?? now };
    return recordOf(table, [...spells.slice(0, -1), spell], isRenewed ? now : renewedAt, now);
  }
  if (until === undefined) return recordOf(table, spells, renewedAt, now);
  const from = before === undefined ? Math.min(now, knownSince) : now;
  return recordOf(table, [...spells, { from, until }], renewedAt, now);
};

/**
 * What a table's tag says: `none` because there is no tag or its time is up · `muted` until a
 * moment · `refused` because its value is not a moment or one too far ahead, or because the table
 * was muted for the longest allowed time within a year.
 */
export type Mute =
  | { readonly kind: 'none' }
  | { readonly kind: 'muted'; readonly until: Instant }
  | { readonly kind: 'refused'; readonly value: string; readonly why: 'unreadable' | 'too-far' | 'used-up' };

const NOT_MUTED: Mute = { kind: 'none' };

/** A date, with a time or without, with an offset or without. */
const MOMENT = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?)?$/;

/** Dates roll over silently (30 February is 2 March), so what is read must read the same again. */
const isRealDay = (date: string): boolean => {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
};

const momentOf = (value: string, timezone: string): Instant | undefined => {
  const [, date, time = '00:00', offset] = MOMENT.exec(value.trim()) ?? [];
  if (date === undefined || !isRealDay(date)) return undefined;
  const moment = Date.parse(`${date}T${time}${offset ?? 'Z'}`);
  if (Number.isNaN(moment)) return undefined;
  return offset === undefined ? firstMomentOf(timezone, moment) : moment;
};

/**
 * A date 90 days ahead is not refused when clocks go back before it and make it an hour more; the
 * mute itself lasts no longer than 90 days of elapsed time.
 */
const isTooFar = (until: Instant, now: Instant, timezone: string): boolean => {
  const longestMs = LONGEST_MUTE_DAYS * DAY_MS;
  return until - now > longestMs && wallTimeAt(timezone, until) - wallTimeAt(timezone, now) > longestMs;
};

/**
 * What the tag asks for, whether or not it is granted. A date lasts until it begins, in the
 * policies' zone, and so does a time without an offset.
 */
const wishOf = ({ tags }: TaggedTable, policies: Policies, now: Instant): Mute => {
  const value = tags[MUTE_TAG];
  if (value === undefined) return NOT_MUTED;
  const timezone = zoneOf(policies);
  const until = momentOf(value, timezone);
  if (until === undefined) return { kind: 'refused', value, why: 'unreadable' };
  if (until <= now) return NOT_MUTED;
  return isTooFar(until, now, timezone)
    ? { kind: 'refused', value, why: 'too-far' }
    : { kind: 'muted', until };
};

/** Returns until when a table's tag asks for a mute; undefined if it cannot be read, is past, or is too far ahead. */
export const askedUntil = (table: TaggedTable, policies: Policies, now: Instant): Instant | undefined => {
  const wish = wishOf(table, policies, now);
  return wish.kind === 'muted' ? wish.until : undefined;
};

/**
 * Determines whether and until when findings of a table are muted. A time with an offset is a
 * moment anywhere. The moment itself is no longer muted. A value that cannot be read, or is more
 * than 90 days ahead, mutes nothing; at most 90 days within a year are muted.
 */
export const muteOf = (
  table: TaggedTable,
  policies: Policies,
  now: Instant,
  record: MuteRecord | undefined,
): Mute => {
  const wish = wishOf(table, policies, now);
  if (wish.kind !== 'muted') return wish;
  const leftMs = muteLeftMs(record, now);
  if (leftMs === 0) return { kind: 'refused', value: table.tags[MUTE_TAG] ?? '', why: 'used-up' };
  return { kind: 'muted', until: Math.min(wish.until, now + leftMs) };
};

/** Indexes the records of mutes by table. */
export const muteRecords = ({ mutes = [] }: Pick<Memory, 'mutes'>): ReadonlyMap<string, MuteRecord> =>
  new Map(mutes.map((record) => [record.mutedTable, record]));
