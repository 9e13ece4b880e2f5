import { DAY_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { Memory, MuteRecord, OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policies } from '../../model/policy.ts';
import { isMutable } from '../findings/catalogue.ts';
import { muteOf, muteRecords } from '../scene/mute.ts';
import { LONGEST_MUTE_DAYS } from '../scene/mute-record.ts';
import { isSeenWhole } from '../scene/reach.ts';

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
const knownEnd = ({ until, openedAt }: OpenFinding): Instant =>
  until ?? openedAt + LONGEST_MUTE_DAYS * DAY_MS;

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

/**
 * Returns whether a finding waits because somebody works on its table. Findings of no table never wait, nor does one that says that the
 * table is muted or not protected any more, nor what is critical when the mute is renewed. While the tags cannot be read, which is reported, tables stay muted for as
 * long as they were known to be.
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
