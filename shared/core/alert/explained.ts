import { type FindingKind, isWorse, type Severity } from '../../model/finding.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { Memory, MuteRecord, OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policies } from '../../model/policy.ts';
import { CATALOGUE, isMutable } from '../findings/catalogue.ts';
import { LONGEST_MUTE_DAYS, muteOf, muteRecords } from '../scene/mute.ts';
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

/**
 * How long a symptom may outlast its cause unreported: six hours in which a recovery point may be in the making, and
 * one more audit, the first run that can see it.
 */
const AFTERMATH_MS = 13 * HOUR_MS;

/**
 * Joins kind, table and policy. A cause without a policy, such as a table that cannot be reached, covers all policies.
 */
const key = (kind: FindingKind, table: string, policy: string | undefined): string =>
  JSON.stringify([kind, table, policy ?? null]);

const symptomsOf = ({ kind, table, policy }: OpenFinding): readonly string[] =>
  table === undefined
    ? []
    : (CATALOGUE.get(kind)?.bringsAbout ?? []).map((symptom) => key(symptom, table, policy));

/**
 * SAFETY: a table that is reachable now, or a different table under the same name, does not explain an attempt on it
 * that just failed.
 */
const isDisproved = (
  { id, table }: OpenFinding,
  { reachable = NONE, failed = NONE }: Pick<Causes, 'reachable' | 'failed'>,
): boolean => table !== undefined && failed.has(id) && reachable.has(table);

const severitiesOf = (causes: readonly OpenFinding[]): ReadonlyMap<string, Severity> =>
  new Map(causes.flatMap((cause) => symptomsOf(cause).map((symptom) => [symptom, cause.severity] as const)));

/** What is open, and what has been resolved so far, including by this run. */
export interface Causes {
  readonly open: readonly OpenFinding[];
  readonly resolved: readonly OpenFinding[];
  /** Tables that this run could reach. */
  readonly reachable?: ReadonlySet<string>;
  /** Ids of what this run tried itself and failed. */
  readonly failed?: ReadonlySet<string>;
  readonly now: Instant;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Returns the causes that count: all of them for most findings, all but `table-inaccessible` for one that disproves it.
 */
const explanations = (
  findings: readonly OpenFinding[],
): ((isReach: boolean) => ReadonlyMap<string, Severity>) => {
  const all = severitiesOf(findings);
  const others = severitiesOf(findings.filter(({ kind }) => kind !== 'table-inaccessible'));
  return (isReach) => (isReach ? all : others);
};

/**
 * Checks whether a finding is a symptom of a reported one, so that it is not reported beside it: one cause, one entry.
 * It stays open, stops expiry as before, and is reported if it is worse than its cause, outlasts it by 13 hours, or was
 * just tried on a table that this run could reach. One that was reported before its cause was found only gets no
 * reminders.
 */
export const explainedBy = (given: Causes): ((finding: OpenFinding) => boolean) => {
  const { open, resolved, now } = given;
  const present = explanations(open);
  const recent = explanations(
    resolved.filter(({ resolvedAt }) => resolvedAt !== undefined && now - resolvedAt < AFTERMATH_MS),
  );
  return (finding) => {
    const { kind, severity, table, policy, notifiedAt } = finding;
    if (table === undefined) return false;
    const isReach = !isDisproved(finding, given);
    const causes = [key(kind, table, policy), key(kind, table, undefined)].flatMap((one) => [
      present(isReach).get(one),
      ...(notifiedAt === undefined ? [recent(isReach).get(one)] : []),
    ]);
    return causes.some((cause) => cause !== undefined && !isWorse(severity, cause));
  };
};
