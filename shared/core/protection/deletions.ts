import type { Failure } from '../../model/failure.ts';
import type { FormerReplica } from '../../model/former-replica.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Memory, OpenFinding, Protection } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import { isPassingTable } from '../../model/passing-table.ts';
import type { Policies } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { SystemBackup } from '../../model/system-backup.ts';
import { type GovernedTable, governedTables } from '../scene/governed.ts';
import type { OwnedRecoveryPoints } from '../scene/own-points.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { type VaultLoss, vaultLossesOf } from './vault-losses.ts';

/** What is left of a table that is deleted or being deleted. */
export interface LostTable {
  readonly name: string;
  /**
   * Whether a policy governed it, by its tag, by its recovery points or by what was remembered of
   * it.
   */
  readonly wasGoverned: boolean;
  /** This instance's recovery points of it, in order of creation. */
  readonly points: readonly RecoveryPoint[];
  /** Copies of them in other vaults, in order of creation; absent without any. */
  readonly copies?: readonly RecoveryPoint[];
  /** Vaults that are not there any more, with what went with them; absent without any. */
  readonly vaultLosses?: readonly VaultLoss[];
  /** In order of creation. */
  readonly systemBackups: readonly SystemBackup[];
  /** Names of the policies that kept it, sorted, as far as they are known. */
  readonly policies?: readonly string[];
  /** Why SYSTEM backups could not be listed; absent when they were. */
  readonly systemGap?: Failure;
  /** The global table that it was part of; absent where it was in none, nothing of that stands, or nothing is known of it. */
  readonly replica?: FormerReplica;
  /** When AWS Backup deleted the last of its recovery points by the end that they were given; absent where it did not, or nothing shows it. */
  readonly endedAt?: Instant;
  /** Set where it is still being deleted. */
  readonly isLeaving?: true;
}

/** How long DynamoDB keeps the SYSTEM backup of a deleted table. */
const SYSTEM_KEPT_MS = 35 * DAY_MS;

/**
 * An audit between the deletion and its hint reports only recovery points; a report older than this
 * belongs to an earlier deletion.
 */
const FRESH_MS = HOUR_MS;

const isRemembered = (name: string, { protections }: Memory): boolean =>
  protections?.some(({ table, promises }) => table === name && promises.length > 0) ?? false;

/**
 * Whether a deletion was already reported. A report of its recovery points alone counts only if
 * nothing shows that it existed and was governed since.
 */
export const isKnownDeleted = (
  name: string,
  openFindings: readonly OpenFinding[],
  memory: Memory,
  now: Instant,
): boolean =>
  openFindings.some(
    ({ kind, openedAt, table }) =>
      table === name &&
      (kind === 'table-deleted' ||
        (kind === 'recovery-points-of-lost-table' &&
          now - openedAt >= FRESH_MS &&
          !isRemembered(name, memory))),
  );

/**
 * Returns the points of the last table that had the name, in order of creation; a former one was
 * reported at its time.
 */
export const lastPoints = (own: readonly OwnedRecoveryPoints[]): readonly RecoveryPoint[] => {
  const points = own
    .flatMap((ofPolicy) => ofPolicy.points.map(({ recoveryPoint }) => recoveryPoint))
    .filter(({ status }) => status !== 'deleted')
    .toSorted((a, b) => a.createdAt - b.createdAt);
  const last = points.at(-1)?.tableId;
  return points.filter(({ tableId }) => tableId === last);
};

/**
 * Lists the policies that governed a table, from memory, or else from its recovery points; sorted.
 */
export const keepingPolicies = (
  protection: Protection | undefined,
  own: readonly OwnedRecoveryPoints[],
): readonly string[] => {
  const promises = protection?.promises.filter(({ replaced }) => replaced !== true);
  const remembered = promises?.map(({ name }) => name) ?? [];
  const accepted = protection?.accepted ?? [];
  const shown = own.map(({ policy }) => policy).filter((name) => !accepted.includes(name));
  return (remembered.length > 0 ? remembered : shown).toSorted();
};

/** Returns the copies of the last table that had the name, in order of creation. */
export const lastCopies = (
  copies: readonly OwnedRecoveryPoints[],
  points: readonly RecoveryPoint[],
): Pick<LostTable, 'copies'> => {
  const all = lastPoints(copies).filter(({ status }) => status === 'available');
  const newest = points.at(-1);
  const ofLast = all.filter(({ tableId }) => newest === undefined || tableId === newest.tableId);
  return ofLast.length === 0 ? {} : { copies: ofLast };
};

/** What newly deleted tables are found from. */
export interface DeletionInput {
  readonly policies: Policies;
  readonly observation: Observation;
  readonly governed: readonly GovernedTable[];
  readonly own: Iterable<OwnedRecoveryPoints>;
  /** Of recovery points of this instance, wherever they are. */
  readonly copies: Iterable<OwnedRecoveryPoints>;
  readonly memory: Memory;
  readonly openFindings: readonly OpenFinding[];
  readonly now: Instant;
}

/** Returns the SYSTEM backups of a table, and why they could not be listed, if so. */
export const systemBackupsOf = (
  { systemBackups }: Observation,
  table: string,
): Pick<LostTable, 'systemBackups' | 'systemGap'> => {
  const { items = [], gap, unreadOf } = systemBackups ?? {};
  const isUnread = gap !== undefined && unreadOf?.includes(table) !== false;
  return {
    systemBackups: items.filter(({ tableName }) => tableName === table),
    ...(isUnread && { systemGap: gap }),
  };
};

/** Returns the global table that a lost table was part of, where the run found one. */
export const replicaOf = ({ formerReplicas }: Observation, name: string): Pick<LostTable, 'replica'> => {
  const replica = formerReplicas?.find(({ table }) => table === name);
  return replica === undefined ? {} : { replica };
};

/** A run with a scope is retried soon, and reports the deletion with what is left. */
export const isRetried = ({ scope }: Observation, { systemGap }: Pick<LostTable, 'systemGap'>): boolean =>
  scope !== undefined && systemGap !== undefined;

/** Collects the names of tables that are there and are not being deleted. */
export const existingIn = ({ observation, governed }: DeletionInput): ReadonlySet<string> => {
  const deleting = governed.filter(({ table }) => table.details?.status === 'DELETING');
  const gone = observation.goneTables ?? [];
  const going = new Set([...deleting.map(({ table }) => table.name), ...gone.map(({ name }) => name)]);
  const names = [...(observation.tableNames ?? []), ...governed.map(({ table }) => table.name)];
  return new Set(names.filter((name) => !going.has(name)));
};

const isLeaving = ({ observation }: DeletionInput, name: string): boolean =>
  [...observation.tables, ...(observation.goneTables ?? [])].some(
    (table) => table.name === name && table.details?.status === 'DELETING',
  );

/** Points that no policy misses do not count. */
const missedPoints = (
  own: readonly OwnedRecoveryPoints[],
  accepted: readonly string[],
): readonly RecoveryPoint[] => lastPoints(own.filter(({ policy }) => !accepted.includes(policy)));

/**
 * Memory shows that a policy still governed it, or stopped so recently that there is still
 * something to report.
 */
const isLatelyRemembered = (protection: Protection | undefined, now: Instant): boolean =>
  protection?.promises.some(({ until = now }) => now - until <= SYSTEM_KEPT_MS) ?? false;

/** A table that was deleted long ago is not news: only its recovery points are reported. */
const isRecent = (
  points: readonly RecoveryPoint[],
  protection: Protection | undefined,
  now: Instant,
  systemBackups: readonly SystemBackup[],
): boolean =>
  isLatelyRemembered(protection, now) ||
  points.some(({ createdAt }) => now - createdAt <= SYSTEM_KEPT_MS) ||
  systemBackups.some(({ expiresAt }) => expiresAt > now);

/**
 * Names the tables of a scope that are gone and that their tag, which is listed for hours, or a window that was
 * remembered before protections were, shows to have been governed.
 */
const shownByScope = ({ memory, observation, policies }: DeletionInput): ReadonlySet<string> => {
  const { goneTables = [] } = observation;
  const remembered = new Set(memory.protections?.map(({ table }) => table));
  const baselines = memory.pitrBaselines.map(({ table }) => table);
  const tagged = governedTables(policies, goneTables).filter((one) => one.policies.length > 0);
  const withWindow = goneTables.filter(({ name }) => baselines.includes(name) && !remembered.has(name));
  return new Set([...tagged.map(({ table }) => table.name), ...withWindow.map(({ name }) => name)]);
};

/** Adds the vaults that are not there and that had something of a table. */
export const withVaultLosses = (name: string, input: DeletionInput): Pick<LostTable, 'vaultLosses'> => {
  const vaultLosses = vaultLossesOf(name, input);
  return vaultLosses.length === 0 ? {} : { vaultLosses };
};

/**
 * Lists the governed tables that were deleted and not reported yet, sorted by name. Empty if names,
 * tags or recovery points were not read completely. SYSTEM backups are filled in if they were read.
 */
export const newlyDeleted = (input: DeletionInput): readonly LostTable[] => {
  const { observation, memory, openFindings, now } = input;
  if (!isSeenWhole(observation, 'tags', 'table-names', 'recovery-points')) return [];
  const existing = existingIn(input);
  const ownOf = Map.groupBy(input.own, ({ table }) => table);
  const copiesOf = Map.groupBy(input.copies, ({ table }) => table);
  const protections = new Map(memory.protections?.map((one) => [one.table, one]));
  const shown = shownByScope(input);
  return [...new Set([...protections.keys(), ...ownOf.keys(), ...shown])]
    .filter((name) => !existing.has(name) && !isPassingTable(name))
    .filter((name) => !isKnownDeleted(name, openFindings, memory, now))
    .toSorted()
    .flatMap((name) => {
      const points = missedPoints(ownOf.get(name) ?? [], protections.get(name)?.accepted ?? []);
      const wasGoverned = points.length > 0 || isRemembered(name, memory) || shown.has(name);
      const system = systemBackupsOf(observation, name);
      const isNews = shown.has(name) || isRecent(points, protections.get(name), now, system.systemBackups);
      if (!wasGoverned || !isNews || isRetried(observation, system)) return [];
      const policies = keepingPolicies(protections.get(name), ownOf.get(name) ?? []);
      const copies = lastCopies(copiesOf.get(name) ?? [], points);
      const beside = {
        ...copies,
        ...system,
        ...withVaultLosses(name, input),
        ...replicaOf(observation, name),
        ...(isLeaving(input, name) && { isLeaving: true as const }),
      };
      return [{ name, wasGoverned, points, policies, ...beside }];
    });
};
