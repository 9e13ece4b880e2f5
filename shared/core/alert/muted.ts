import { DAY_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { Memory, MuteRecord, OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policies } from '../../model/policy.ts';
import { isMutable } from '../findings/catalogue.ts';
import { muteOf, muteRecords } from '../scene/mute.ts';
import { LONGEST_MUTE_DAYS } from '../scene/mute-record.ts';
import { isSeenWhole } from '../scene/reach.ts';

/** What one run saw and knew when it asks which tables are muted. */
export interface MuteSight {
  readonly observation: Observation;
  readonly openFindings: readonly OpenFinding[];
  /** Includes what this run has seen of mutes. */
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

/** Reads the end from the finding; findings of an older version have none, and the longest mute then applies. */
const knownEnd = ({ until, openedAt }: OpenFinding): Instant =>
  until ?? openedAt + LONGEST_MUTE_DAYS * DAY_MS;

/** Returns the tables last reported as muted. Used when tags cannot be read. */
const knownMuted = ({ observation, openFindings, now }: MuteSight): readonly string[] => {
  if (isSeenWhole(observation, 'tags')) return [];
  const seen = new Set(observation.tables.map(({ name }) => name));
  return openFindings
    .filter((finding) => finding.kind === 'muted' && now < knownEnd(finding))
    .flatMap(({ table }) => (table === undefined || seen.has(table) ? [] : [table]));
};

/** The longest a run takes: what was first found by the run that saw a renewal was already present under the mute. */
const RUN_MS = 15 * MINUTE_MS;

/**
 * Checks whether a critical finding under a mute is reported because the mute was renewed and it has not been reported
 * since; later ones wait again.
 */
const isSaidAtRenewal = (
  { severity, openedAt, notifiedAt }: OpenFinding,
  renewedAt: Instant | undefined,
): boolean =>
  severity === 'critical' &&
  renewedAt !== undefined &&
  openedAt < renewedAt + RUN_MS &&
  (notifiedAt === undefined || notifiedAt < renewedAt);

/**
 * Checks whether a finding is held back by a mute of its table. Never held back: findings of no table, that a table is
 * muted or no longer protected, and what is critical when the mute is renewed. While tags cannot be read, which is
 * reported, tables stay muted for as long as they were known to be.
 */
export const mutedBy = (sight: MuteSight): ((finding: OpenFinding) => boolean) => {
  const records = muteRecords(sight.memory);
  const muted = new Set([...seenMuted(sight, records), ...knownMuted(sight)]);
  return (finding) => {
    const { kind, table } = finding;
    if (!isMutable(kind) || table === undefined || !muted.has(table)) return false;
    return !isSaidAtRenewal(finding, records.get(table)?.renewedAt);
  };
};
