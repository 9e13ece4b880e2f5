import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Manifest, ManifestHead, SettingsHint, SettingsReading } from '../../model/manifest.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policies } from '../../model/policy.ts';
import type { TableStatus } from '../../model/table.ts';
import type { TableSettings } from '../../model/table-settings.ts';
import { governedTables } from '../scene/governed.ts';

/** Has no settings yet, or none to come back to. */
const IN_PASSING: readonly TableStatus[] = ['CREATING', 'DELETING'];

/** One incarnation of a table that exists. */
export interface StandingTable {
  readonly table: string;
  readonly tableId: string;
}

/** The tables whose settings are kept: governed by a policy, and there as far as the run saw. */
export const tablesToKeep = (
  policies: Policies,
  { tables }: Observation,
): readonly (StandingTable & { readonly createdAt: Instant })[] =>
  governedTables(policies, tables).flatMap(({ policies: own, table: { name, details } }) =>
    own.length === 0 || details === undefined || IN_PASSING.includes(details.status)
      ? []
      : [{ table: name, tableId: details.tableId, createdAt: details.createdAt }],
  );

/** Once a day; the audit at the same hour of the next day counts as a day later, though the last one took its time. */
const READ_AGAIN_MS = DAY_MS - 2 * HOUR_MS;

/** As long as point-in-time recovery can reach, also through the SYSTEM backup of a deleted table, and a day more. */
const REACH_MS = 36 * DAY_MS;

const keyOf = ({ table, tableId }: StandingTable): string => `${table}#${tableId}`;

/**
 * Lists the tables whose settings have to be read now, longest unconfirmed first: those without a manifest, those that a hint named since, and
 * those that were not confirmed for a day. A clock that was ahead makes nothing wait.
 */
export const dueTables = (
  tables: readonly StandingTable[],
  heads: readonly ManifestHead[],
  hints: readonly SettingsHint[],
  now: Instant,
): readonly StandingTable[] => {
  const confirmed = new Map(heads.map((head) => [keyOf(head), head.confirmedAt]));
  const hinted = new Map(hints.map(({ table, hintedAt }) => [table, hintedAt]));
  const confirmedAt = (table: StandingTable): Instant =>
    confirmed.get(keyOf(table)) ?? Number.NEGATIVE_INFINITY;
  const isDue = (table: StandingTable): boolean => {
    const at = confirmedAt(table);
    const hintedAt = hinted.get(table.table);
    return at > now || now - at >= READ_AGAIN_MS || (hintedAt !== undefined && hintedAt >= at);
  };
  return tables.filter(isDue).toSorted((a, b) => {
    const [one, other] = [confirmedAt(a), confirmedAt(b)];
    if (one !== other) return one < other ? -1 : 1;
    return a.table < b.table ? -1 : 1;
  });
};

/** Returns the hints that say nothing new: the table was read since, or no such table is governed any more. */
export const hintsFollowed = (
  hints: readonly SettingsHint[],
  tables: readonly StandingTable[],
  heads: readonly ManifestHead[],
): readonly SettingsHint[] => {
  const confirmed = new Map(heads.map((head) => [keyOf(head), head.confirmedAt]));
  const byName = new Map(tables.map((table) => [table.table, table]));
  return hints.filter(({ table, hintedAt }) => {
    const standing = byName.get(table);
    return standing === undefined || (confirmed.get(keyOf(standing)) ?? hintedAt) > hintedAt;
  });
};

/** What a Region did not say of its replica stays as it was. */
const withReplicas = (
  replicas: TableSettings['replicas'] | undefined,
  before: TableSettings['replicas'] = [],
): Partial<TableSettings> =>
  replicas === undefined
    ? {}
    : {
        replicas: replicas.map((one) => {
          const { tags, pitr, deletionProtection } = before.find(({ region }) => region === one.region) ?? {};
          return {
            ...(tags !== undefined && { tags }),
            ...(pitr !== undefined && { pitr }),
            ...(deletionProtection !== undefined && { deletionProtection }),
            ...one,
          };
        }),
      };

/** One of three services may have said nothing: what it said before stays. */
const withAttachments = (
  attachments: TableSettings['attachments'] | undefined,
  before: TableSettings['attachments'] = [],
): Partial<TableSettings> => {
  if (attachments === undefined) return {};
  const known = new Set(attachments.map(({ kind, id }) => `${kind} ${id}`));
  return { attachments: [...attachments, ...before.filter(({ kind, id }) => !known.has(`${kind} ${id}`))] };
};

/**
 * SAFETY: what was read before and cannot be read now stays as it was, and the gap stays beside it: a manifest never forgets a setting because one
 * call failed. Joins what was read with the newest manifest of the same incarnation.
 */
export const carriedOver = (
  { settings, gaps }: SettingsReading,
  newest: Pick<Manifest, 'settings'> | undefined,
): SettingsReading => {
  const before = newest?.settings ?? {};
  const unread = new Set<string>(gaps.map(({ facet }) => facet));
  const kept = Object.entries(before).filter(([facet]) => unread.has(facet));
  return {
    settings: {
      ...Object.fromEntries(kept),
      ...settings,
      ...withReplicas(settings.replicas, before.replicas),
      ...(unread.has('attachments') && withAttachments(settings.attachments, before.attachments)),
    },
    gaps,
  };
};

/** The newest at or before a second; where there is none, a restore takes the first one after it. */
const neededAt = <Version extends Pick<Manifest, 'capturedAt'>>(
  sorted: readonly Version[],
  second: Instant,
): Version | undefined => sorted.findLast(({ capturedAt }) => capturedAt <= second) ?? sorted[0];

/**
 * SAFETY: a version goes only where nothing can be restored that needs it. Lists the versions of one incarnation that exists which may be forgotten;
 * `pointsAt`: when each of its recovery points was made, whoever made it, of a list that is whole. The newest stays, and whatever holds
 * for a second that point-in-time recovery may reach, whether it is on or not.
 */
export const versionsToForget = <Version extends Pick<Manifest, 'capturedAt'>>(
  versions: readonly Version[],
  pointsAt: readonly Instant[],
  now: Instant,
): readonly Version[] => {
  const sorted = versions.toSorted((a, b) => a.capturedAt - b.capturedAt);
  const from = now - REACH_MS;
  const needed = new Set([
    sorted.at(-1),
    ...[from, ...pointsAt].map((second) => neededAt(sorted, second)),
    ...sorted.filter(({ capturedAt }) => capturedAt >= from),
  ]);
  return sorted.filter((version) => !needed.has(version));
};

/** What a run saw for sure of which tables exist. */
export interface SeenTables {
  /** Every table's name, of a list that is whole. */
  readonly names: ReadonlySet<string>;
  /** The incarnations that were described. */
  readonly standing: readonly StandingTable[];
}

/** Lists the incarnations that are gone, as far as a run can tell: their name is free, or another table has it. */
export const goneIncarnations = (
  heads: readonly ManifestHead[],
  { names, standing }: SeenTables,
): readonly ManifestHead[] => {
  const idOf = new Map(standing.map(({ table, tableId }) => [table, tableId]));
  return heads.filter(({ table, tableId }) => {
    const id = idOf.get(table);
    return id === undefined ? !names.has(table) : id !== tableId;
  });
};

/**
 * SAFETY: only of incarnations that were seen gone for as long as a SYSTEM backup stays, and of which no recovery point is left in a list that is whole.
 * Lists those whose manifests may all be forgotten.
 */
export const incarnationsToForget = (
  gone: readonly ManifestHead[],
  pointTableIds: ReadonlySet<string>,
  now: Instant,
): readonly ManifestHead[] =>
  gone.filter(
    ({ tableId, goneAt }) => goneAt !== undefined && now - goneAt >= REACH_MS && !pointTableIds.has(tableId),
  );

/** How long settings may be unkept before a person hears of it. The largest accounts need four days for a round of all their tables. */
const LASTING_MS = 7 * DAY_MS;

/** Since when the settings of a table are not kept; a table without a manifest has a hint since it was first left. */
const unkeptSince = (
  { table, tableId }: StandingTable,
  heads: readonly ManifestHead[],
  hints: readonly SettingsHint[],
): Instant | undefined =>
  heads.find((head) => head.table === table && head.tableId === tableId)?.confirmedAt ??
  hints.find((hint) => hint.table === table)?.hintedAt;

/** Selects what could not be kept for so long that it will not pass by itself. */
export const lastingly = <Left extends StandingTable>(
  left: readonly Left[],
  heads: readonly ManifestHead[],
  hints: readonly SettingsHint[],
  now: Instant,
): readonly Left[] => left.filter((table) => now - (unkeptSince(table, heads, hints) ?? now) >= LASTING_MS);

/** Lists the hints that say since when tables without a manifest are left. */
export const hintsOfLeft = (
  left: readonly StandingTable[],
  heads: readonly ManifestHead[],
  hints: readonly SettingsHint[],
  now: Instant,
): readonly SettingsHint[] =>
  left
    .filter((table) => unkeptSince(table, heads, hints) === undefined)
    .map(({ table }) => ({ table, hintedAt: now }));
