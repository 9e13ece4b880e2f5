import type { Finding } from '../../model/finding.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policies } from '../../model/policy.ts';
import type { TaggedTable } from '../../model/table.ts';
import { isSeenWhole } from '../checks/seen.ts';
import { zoneOf } from '../policy/zone-of.ts';
import { firstMomentOf, wallTimeAt } from '../schedule/zone.ts';
import { endOfMute } from './mute-cause.ts';

/** The tag by which people work on a table undisturbed; its value says until when. */
export const MUTE_TAG = 'backup:mute-until';

/** Maintenance ends. What is to be silent for longer is meant to be silent for ever, and that is no maintenance. */
export const LONGEST_MUTE_DAYS = 90;

/**
 * What a table's tag says: `none`, for there is no tag or its time is over · `muted` until a moment · `refused`, for its value is no moment or one
 * too far ahead.
 */
export type Mute =
  | { readonly kind: 'none' }
  | { readonly kind: 'muted'; readonly until: Instant }
  | { readonly kind: 'refused'; readonly value: string; readonly why: 'unreadable' | 'too-far' };

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

/** Ninety days of the clock or of the calendar, whichever are longer: a date 90 days ahead is not refused where clocks go back before it. */
const isTooFar = (until: Instant, now: Instant, timezone: string): boolean => {
  const longestMs = LONGEST_MUTE_DAYS * DAY_MS;
  return until - now > longestMs && wallTimeAt(timezone, until) - wallTimeAt(timezone, now) > longestMs;
};

/**
 * Given a table, returns whether and until when its findings are told to nobody. A date lasts until it begins, in the policies' zone, and so does
 * a time without an offset; a time with one is a moment anywhere. At the edge the moment itself is no longer muted, and a value that cannot be
 * read, or lies more than 90 days ahead, mutes nothing.
 */
export const muteOf = ({ tags }: TaggedTable, policies: Policies, now: Instant): Mute => {
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

/** What one run saw and knew of when it asks which tables are muted. */
export interface MuteSight {
  readonly observation: Observation;
  readonly openFindings: readonly OpenFinding[];
  readonly policies: Policies;
  readonly now: Instant;
}

const seenMuted = ({ observation: { tables }, policies, now }: MuteSight): readonly string[] =>
  tables.filter((table) => muteOf(table, policies, now).kind === 'muted').map(({ name }) => name);

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

/**
 * Given what a run saw, returns whether a finding waits because somebody works on its table. At the edge findings of no table never wait, nor
 * does the one that says that the table is muted; and while the tags cannot be read, which is told, tables stay muted for as long as they were
 * known to be.
 */
export const muteTeller = (sight: MuteSight): ((finding: Finding) => boolean) => {
  const muted = new Set([...seenMuted(sight), ...knownMuted(sight)]);
  return ({ kind, table }) => kind !== 'muted' && table !== undefined && muted.has(table);
};
