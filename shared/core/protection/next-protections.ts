import { findingId } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { HoldMemory, Memory, OpenFinding, PastPromise, Protection } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import { isPassingTable } from '../../model/passing-table.ts';
import type { Policy } from '../../model/policy.ts';
import type { GovernedTable } from '../scene/governed.ts';
import { nextHold } from '../scene/hold.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { shortHash } from '../text/digest.ts';
import type { Loss } from './loss.ts';
import { type LessPitr, lessPitrId, lessPitrOf, namedBefore, promiseOf } from './promise.ts';

/**
 * What the memory of protections is built from: what governs now, what is gone, and what was
 * reported.
 */
export interface ProtectionInput {
  readonly memory: Memory;
  readonly observation: Observation;
  readonly governed: readonly GovernedTable[];
  readonly losses: readonly Loss[];
  /** Tables that were deleted and reported, now or in the last weeks: they may be recreated. */
  readonly deleted: ReadonlySet<string>;
  readonly openFindings: readonly OpenFinding[];
  readonly now: Instant;
  /** What makes `now` suspicious; absent when nothing does. */
  readonly clockSuspicious?: string | undefined;
}

const byName = (a: PastPromise, b: PastPromise): number => (a.name < b.name ? -1 : 1);

/** An intended change is reported once; until then it is remembered as a loss. */
const acceptedNow = (losses: readonly Loss[], told: OpenFinding | undefined): readonly string[] => {
  const marks = new Set(told?.notifiedAt === undefined ? [] : told.toldSubjects);
  return losses
    .filter(({ kind, policy }) => kind !== 'lost' && marks.has(shortHash(policy)))
    .map(({ policy }) => policy);
};

interface Change {
  readonly table: string;
  readonly before: Protection | undefined;
  readonly one: GovernedTable | undefined;
  readonly losses: readonly Loss[];
  readonly told: OpenFinding | undefined;
  /** The report of a policy that promises less point-in-time recovery than it did, if any. */
  readonly toldOfPitr: (less: LessPitr) => OpenFinding | undefined;
  readonly lastSeenAt: Instant;
  /** Whether the run read the tags of recreated tables from the tables themselves, and what is left of the previous ones. */
  readonly mayConfirm: boolean;
  readonly hold: HoldMemory | undefined;
  readonly drillsSince: (policy: Policy, before: Protection | undefined) => Instant | undefined;
  readonly now: Instant;
}

const shownPromise = ({ policy, rpoMs, pitrDays, until, shown }: Loss): PastPromise => ({
  name: policy,
  rpoMs,
  ...(pitrDays !== undefined && { pitrDays }),
  until,
  ...(shown === true && { shown }),
});

/**
 * Anyone who names a policy that did not govern the table before has looked at the tag, and intends
 * it.
 */
const hasNewcomer = (current: readonly PastPromise[], before: Protection | undefined): boolean =>
  before !== undefined &&
  current.some(({ name }) => !before.promises.some((promise) => promise.name === name));

/** Keys in a fixed order: equal content is not written again. */
const goneOf = (
  { name, rpoMs, pitrDays, until, replaced, shown }: PastPromise,
  isReplaced: boolean,
  lastSeenAt: Instant,
): PastPromise => ({
  name,
  rpoMs,
  ...(pitrDays !== undefined && { pitrDays }),
  until: until ?? lastSeenAt,
  ...((isReplaced || replaced === true) && { replaced: true as const }),
  ...(shown === true && { shown }),
});

/**
 * Which incarnation is meant: for a governed table the one that was seen, once that is confirmed.
 */
const tableIdOf = (
  { before, one, losses, mayConfirm }: Pick<Change, 'before' | 'one' | 'losses' | 'mayConfirm'>,
  isGoverned: boolean,
): string | undefined => {
  if (!isGoverned) return before?.tableId ?? losses[0]?.tableId;
  const seen = mayConfirm || before?.tableId === undefined ? one?.table.details?.tableId : undefined;
  return seen ?? before?.tableId;
};

const governedNow = (before: Protection | undefined, policy: string): PastPromise | undefined =>
  before?.promises.find(({ name, until }) => name === policy && until === undefined);

/**
 * Since when a policy asks for drills of a table; undefined where it asks for none. An older version remembered that of the policy alone: then a
 * table that it governs already counts from there.
 */
const drillsSince = (
  { memory, now }: ProtectionInput,
  { drill, name }: Policy,
  before: Protection | undefined,
): Instant | undefined => {
  if (drill === undefined) return undefined;
  const known = governedNow(before, name);
  if (known === undefined) return now;
  return known.drillsSince ?? memory.drillsAsked?.find(({ policy }) => policy === name)?.since ?? now;
};

/** Nothing is said of a policy that an older version saw first: it may govern the table for years. */
const governedSince = (
  { before, now }: Pick<Change, 'before' | 'now'>,
  policy: string,
): Instant | undefined => {
  const known = governedNow(before, policy);
  return known === undefined ? now : known.governedSince;
};

/**
 * What a policy promises now and, until its removal or shortening has been reported, the
 * point-in-time recovery that it promised.
 */
const currentOf = (change: Change): readonly PastPromise[] => {
  const { table, before, one, toldOfPitr } = change;
  if (one === undefined) return [];
  const isTold = (less: LessPitr): boolean => {
    const told = toldOfPitr(less);
    return told?.notifiedAt !== undefined && told.toldSubjects?.includes(shortHash(table)) === true;
  };
  const kept = new Map(
    lessPitrOf(one, before)
      .filter((less) => !isTold(less))
      .map(({ policy, days }) => [policy, days]),
  );
  return one.policies.map((policy) => {
    const pitrDays = kept.get(policy.name);
    const drills = change.drillsSince(policy, before);
    const governed = governedSince(change, policy.name);
    return {
      ...promiseOf(policy),
      ...(pitrDays !== undefined && { pitrDays }),
      ...(drills !== undefined && { drillsSince: drills }),
      ...(governed !== undefined && { governedSince: governed }),
    };
  });
};

const nextOf = (change: Change): Protection | undefined => {
  const { table, before, one, losses, told, lastSeenAt, mayConfirm, hold } = change;
  const current = currentOf(change);
  const isCurrent = (name: string): boolean => current.some((promise) => promise.name === name);
  const newlyAccepted = acceptedNow(losses, told);
  const isReplaced = hasNewcomer(current, before);
  const gone = (before?.promises ?? [])
    .filter(({ name }) => !isCurrent(name))
    .map((promise) => goneOf(promise, isReplaced, lastSeenAt));
  const shown = losses
    .filter(({ kind, policy }) => kind === 'lost' && !gone.some(({ name }) => name === policy))
    .map(shownPromise);
  const promises = [...current, ...gone, ...shown].filter(({ name }) => !newlyAccepted.includes(name));
  const accepted = [...new Set([...(before?.accepted ?? []), ...newlyAccepted])]
    .filter((name) => !isCurrent(name))
    .toSorted();
  if (promises.length + accepted.length === 0) return undefined;
  const named = [...gone, ...shown].every(({ name }) => newlyAccepted.includes(name))
    ? undefined
    : before && namedBefore(before);
  const tableId = tableIdOf({ before, one, losses, mayConfirm }, current.length > 0);
  return {
    table,
    ...(tableId !== undefined && { tableId }),
    promises: promises.toSorted(byName),
    ...(named !== undefined && named.length > 0 && { namedBefore: named.toSorted() }),
    ...(accepted.length > 0 && { accepted }),
    ...(hold !== undefined && { hold }),
  };
};

const isKept = ({ observation, deleted, governed }: ProtectionInput): ((table: string) => boolean) => {
  if (!isSeenWhole(observation, 'table-names')) return () => true;
  const names = new Set([...(observation.tableNames ?? []), ...governed.map(({ table }) => table.name)]);
  return (table) => names.has(table) || deleted.has(table);
};

/**
 * Returns what to remember of which policies govern which tables. It changes only when a tag, a
 * policy or a table does, so that nothing is written while nothing changes. What was not read
 * completely is remembered as it was. A deleted table is remembered for as long as its deletion is
 * reported.
 */
export const nextProtections = (input: ProtectionInput): readonly Protection[] => {
  const { memory, observation, governed, losses, openFindings, now } = input;
  const remembered = memory.protections ?? [];
  if (!isSeenWhole(observation, 'tags')) return remembered;
  const before = new Map(remembered.map((one) => [one.table, one]));
  const byTable = new Map(governed.map((one) => [one.table.name, one]));
  const lossesOf = Map.groupBy(losses, ({ table }) => table);
  const open = new Map(openFindings.map((finding) => [finding.id, finding]));
  const lastSeenAt = memory.coverage?.seenAt ?? now;
  const keeps = isKept(input);
  const mayConfirm = isSeenWhole(observation, 'table-names', 'recovery-points');
  const isDoubted = input.clockSuspicious !== undefined;
  const holdOf = (table: string): HoldMemory | undefined => {
    const known = { before: before.get(table), one: byTable.get(table), openFindings: open, now };
    return isDoubted ? known.before?.hold : nextHold(known);
  };
  const tables = [...new Set([...before.keys(), ...byTable.keys(), ...lossesOf.keys()])].toSorted();
  return tables
    .filter((table) => keeps(table) && !isPassingTable(table))
    .flatMap((table) => {
      const told = open.get(findingId('protection-changed', table));
      const ofTable = lossesOf.get(table) ?? [];
      const change = {
        table,
        before: before.get(table),
        one: byTable.get(table),
        losses: ofTable,
        told,
        toldOfPitr: (less: LessPitr) => open.get(lessPitrId(less)),
        lastSeenAt,
        mayConfirm,
        hold: holdOf(table),
        now,
        drillsSince: (policy: Policy, known: Protection | undefined) => drillsSince(input, policy, known),
      };
      return nextOf(change) ?? [];
    });
};
