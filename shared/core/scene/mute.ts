import type { FindingKind } from '../../model/finding.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { Memory, MuteRecord, OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policies } from '../../model/policy.ts';
import { MUTE_TAG, type TaggedTable } from '../../model/table.ts';
import { firstMomentOf, wallTimeAt } from '../calendar/zone.ts';
import { zoneOf } from '../policy/zone-of.ts';
import { endOfMute } from './mute-cause.ts';
import { LONGEST_MUTE_DAYS, muteLeftMs } from './mute-record.ts';
import { isSeenWhole } from './seen.ts';

/**
 * What a table's tag says: `none` because there is no tag or its time is over · `muted` until a moment · `refused` because its value is no moment
 * or one too far ahead, or because the table was muted for as long as any may be within a year.
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

/** A date 90 days ahead is not refused because clocks go back before it and make it an hour more; the mute itself lasts no longer than 90 days of the clock. */
const isTooFar = (until: Instant, now: Instant, timezone: string): boolean => {
  const longestMs = LONGEST_MUTE_DAYS * DAY_MS;
  return until - now > longestMs && wallTimeAt(timezone, until) - wallTimeAt(timezone, now) > longestMs;
};

/** What the tag asks for, whether or not it is granted. A date lasts until it begins, in the policies' zone, and so does a time without an offset. */
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

/** Returns until when a table's tag asks for it to be muted, where it can be read, lies ahead, and is not too far. */
export const askedUntil = (table: TaggedTable, policies: Policies, now: Instant): Instant | undefined => {
  const wish = wishOf(table, policies, now);
  return wish.kind === 'muted' ? wish.until : undefined;
};

/**
 * Returns whether and until when findings of a table are reported to nobody, given the record of its mutes. A time with an offset is a moment
 * anywhere. The moment itself is no longer muted; a value that cannot be read, or lies more than 90 days ahead, mutes nothing; and 90 days
 * within a year are all there is.
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

/** Returns the records of mutes by table. */
export const muteRecords = ({ mutes = [] }: Pick<Memory, 'mutes'>): ReadonlyMap<string, MuteRecord> =>
  new Map(mutes.map((record) => [record.mutedTable, record]));

/** What one run saw and knew of when it asks which tables are muted. */
export interface MuteSight {
  readonly observation: Observation;
  readonly openFindings: readonly OpenFinding[];
  /** With what this run has seen of mutes. */
  readonly memory: Memory;
  readonly policies: Policies;
  readonly now: Instant;
}

type Records = ReadonlyMap<string, MuteRecord>;

const seenMuted = (
  { observation: { tables }, policies, now }: MuteSight,
  records: Records,
): readonly string[] =>
  tables
    .filter((table) => muteOf(table, policies, now, records.get(table.name)).kind === 'muted')
    .map(({ name }) => name);

/** As its finding says; one of an older version says nothing, and no mute was longer when it began. */
const knownEnd = ({ cause, openedAt }: OpenFinding): Instant =>
  endOfMute(cause) ?? openedAt + LONGEST_MUTE_DAYS * DAY_MS;

/** Where tags could not be read, what was last told of them. */
const knownMuted = ({ observation, openFindings, now }: MuteSight): readonly string[] => {
  if (isSeenWhole(observation, 'tags')) return [];
  const seen = new Set(observation.tables.map(({ name }) => name));
  return openFindings
    .filter((finding) => finding.kind === 'muted' && now < knownEnd(finding))
    .flatMap(({ table }) => (table === undefined || seen.has(table) ? [] : [table]));
};

/** A run's longest: what was first found by the run that saw a renewal was underneath it. */
const RUN_MS = 15 * MINUTE_MS;

/** Whoever renews a mute is told what is critical underneath, if they have not been since; what is new after that waits again. */
const isSaidAtRenewal = (
  { severity, openedAt, notifiedAt }: OpenFinding,
  renewedAt: Instant | undefined,
): boolean =>
  severity === 'critical' &&
  renewedAt !== undefined &&
  openedAt < renewedAt + RUN_MS &&
  (notifiedAt === undefined || notifiedAt < renewedAt);

/** SAFETY: a mute is for work on a table that stays protected. That nothing protects it any more is reported whatever its tags say. */
export const NEVER_MUTED: readonly FindingKind[] = [
  'muted',
  'no-longer-protected',
  'protection-changed',
  'table-deleted',
  'unknown-policy',
];

/**
 * Returns whether a finding waits because somebody works on its table. Findings of no table never wait, nor does one that says that the
 * table is muted or not protected any more, nor what is critical when the mute is renewed. While the tags cannot be read, which is reported, tables stay muted for as
 * long as they were known to be.
 */
export const muteTeller = (sight: MuteSight): ((finding: OpenFinding) => boolean) => {
  const records = muteRecords(sight.memory);
  const muted = new Set([...seenMuted(sight, records), ...knownMuted(sight)]);
  return (finding) => {
    const { kind, table } = finding;
    if (NEVER_MUTED.includes(kind) || table === undefined || !muted.has(table)) return false;
    return !isSaidAtRenewal(finding, records.get(table)?.renewedAt);
  };
};
