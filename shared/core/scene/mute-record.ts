import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { MuteRecord, MuteSpell } from '../../model/memory.ts';

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
