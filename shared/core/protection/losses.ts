import type { Instant } from '../../model/instant.ts';
import type { Memory, PastPromise, Protection } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import { isPassingTable } from '../../model/passing-table.ts';
import type { Policies } from '../../model/policy.ts';
import type { TableDetails } from '../../model/table.ts';
import type { GovernedTable } from '../scene/governed.ts';
import type { OwnedRecoveryPoints } from '../scene/own-points.ts';
import { isSeenWhole } from '../scene/reach.ts';
import type { Loss, LossKind } from './loss.ts';
import { promiseByPoints } from './promise.ts';

/**
 * What losses are found from: what governs now, what is remembered, and the existing recovery
 * points.
 */
export interface LossInput {
  readonly policies: Policies;
  readonly observation: Observation;
  readonly governed: readonly GovernedTable[];
  readonly own: Iterable<OwnedRecoveryPoints>;
  readonly memory: Memory;
  readonly now: Instant;
}

/** One table: its tag, what is remembered of it, and its recovery points by policy. */
interface Case {
  readonly table: string;
  readonly one: GovernedTable | undefined;
  readonly details: TableDetails | undefined;
  readonly before: Protection | undefined;
  readonly own: readonly OwnedRecoveryPoints[];
  readonly policies: Policies;
  /** When all tags were last read; a policy that is missed now governed until then. */
  readonly lastSeenAt: Instant;
}

const namesNow = ({ one }: Case): readonly string[] => one?.policies.map(({ name }) => name) ?? [];

const isOptedOut = ({ one }: Case, policy: string): boolean =>
  one !== undefined && (one.optedOut || one.optedOutOf?.includes(policy) === true);

const kindOf = (it: Case, policy: string, isReplaced: boolean): LossKind => {
  if (isOptedOut(it, policy)) return 'opted-out';
  return isReplaced ? 'replaced' : 'lost';
};

const createdAts = ({ points }: OwnedRecoveryPoints): readonly Instant[] =>
  points
    .filter(({ recoveryPoint }) => recoveryPoint.status === 'available')
    .map(({ recoveryPoint }) => recoveryPoint.createdAt);

const newestIn = (own: OwnedRecoveryPoints | undefined): Instant | undefined => {
  const ats = own === undefined ? [] : createdAts(own);
  return ats.length === 0 ? undefined : ats.reduce((one, other) => Math.max(one, other));
};

const lossOf = (it: Case, { until, shown, ...promise }: PastPromise, kind: LossKind): Loss => {
  const newestAt = newestIn(it.own.find(({ policy }) => policy === promise.name));
  const tableId = it.before?.tableId;
  return {
    table: it.table,
    policy: promise.name,
    kind,
    rpoMs: promise.rpoMs,
    ...(promise.pitrDays !== undefined && { pitrDays: promise.pitrDays }),
    until: until ?? it.lastSeenAt,
    ...(newestAt !== undefined && { newestAt }),
    ...(shown === true && { shown }),
    ...(tableId !== undefined && { tableId }),
  };
};

/**
 * A policy that did not govern the table before replaces those that did, because its author has
 * looked at the tag.
 */
const rememberedLosses = (it: Case): readonly Loss[] => {
  const names = namesNow(it);
  const promises = it.before?.promises ?? [];
  const isReplaced = names.some((name) => !promises.some((promise) => promise.name === name));
  return promises
    .filter(({ name }) => !names.includes(name))
    .map((promise) => lossOf(it, promise, kindOf(it, promise.name, isReplaced || promise.replaced === true)));
};

/**
 * Recovery points of a table that was deleted since do not show that this one was governed, if
 * other policies govern it.
 */
const ofThisTable = (own: OwnedRecoveryPoints, { one, details }: Case): OwnedRecoveryPoints => {
  if ((one?.policies.length ?? 0) === 0 || details === undefined) return own;
  return {
    ...own,
    points: own.points.filter(({ recoveryPoint }) => recoveryPoint.tableId === details.tableId),
  };
};

/**
 * A policy that governs now already governed beside another if it made recovery points before the other's last one. One that was removed from the
 * file is not missed for that: the tag names others, and someone edited the file.
 */
const wasBeside = (it: Case, policy: string, newestAt: Instant): boolean =>
  it.policies.policies.some(({ name }) => name === policy) &&
  namesNow(it).some((name) =>
    it.own.some((own) => own.policy === name && createdAts(own).some((at) => at <= newestAt)),
  );

const isAsked = ({ before }: Case, policy: string): boolean =>
  before !== undefined &&
  (before.promises.some(({ name }) => name === policy) || (before.accepted ?? []).includes(policy));

/**
 * What the account alone shows: recovery points of a policy that does not govern the table, and of
 * which nothing is remembered.
 */
const shownLosses = (it: Case): readonly Loss[] => {
  const names = namesNow(it);
  return it.own
    .filter(({ policy }) => !names.includes(policy) && !isOptedOut(it, policy) && !isAsked(it, policy))
    .flatMap((own) => {
      const of = ofThisTable(own, it);
      const newestAt = newestIn(of);
      if (newestAt === undefined || (names.length > 0 && !wasBeside(it, own.policy, newestAt))) return [];
      const tableId = of.points[0]?.recoveryPoint.tableId;
      const loss = lossOf(it, { ...promiseByPoints(own, it.policies), until: newestAt, shown: true }, 'lost');
      return [{ ...loss, ...(tableId !== undefined && { tableId: it.before?.tableId ?? tableId }) }];
    });
};

const isLeaving = (details: TableDetails | undefined): boolean => details?.status === 'DELETING';

/**
 * Lists every policy that governed a table and no longer does, sorted by table and policy. There
 * are two sources: memory, and recovery points of a policy that no longer governs their table.
 * Empty if tags or names were not read completely, because what was not seen may exist. Recovery
 * points count only if their list is whole.
 */
export const lossesOf = (input: LossInput): readonly Loss[] => {
  const { governed, memory, observation, policies, now } = input;
  if (!isSeenWhole(observation, 'tags', 'table-names')) return [];
  const byName = new Map(governed.map((one) => [one.table.name, one]));
  const former = new Map(observation.formerTables?.map(({ name, details }) => [name, details]));
  const before = new Map(memory.protections?.map((one) => [one.table, one]));
  const ownOf = isSeenWhole(observation, 'recovery-points')
    ? Map.groupBy(input.own, ({ table }) => table)
    : new Map<string, OwnedRecoveryPoints[]>();
  const existing = new Set([...(observation.tableNames ?? []), ...byName.keys()]);
  const lastSeenAt = memory.coverage?.seenAt ?? now;
  return [...new Set([...before.keys(), ...ownOf.keys()])]
    .filter((table) => existing.has(table) && !isPassingTable(table))
    .toSorted()
    .flatMap((table) => {
      const one = byName.get(table);
      const details = one?.table.details ?? former.get(table);
      if (isLeaving(details)) return [];
      const own = ownOf.get(table) ?? [];
      const it = { table, one, details, before: before.get(table), own, policies, lastSeenAt };
      return [...rememberedLosses(it), ...shownLosses(it)].toSorted((a, b) => (a.policy < b.policy ? -1 : 1));
    });
};
