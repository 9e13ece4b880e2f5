import { findingId } from '../../model/finding.ts';
import { DAY_MS } from '../../model/instant.ts';
import { isPassingTable } from '../../model/passing-table.ts';
import type { TableDetails } from '../../model/table.ts';
import type { GovernedTable } from '../scene/governed.ts';
import type { OwnedRecoveryPoints } from '../scene/own-points.ts';
import { isSeenWhole } from '../scene/reach.ts';
import {
  type DeletionInput,
  keepingPolicies,
  type LostTable,
  lastCopies,
  lastPoints,
  replicaOf,
  systemBackupsOf,
  withVaultLosses,
} from './deletions.ts';
import { BACK_WITHOUT_TAG } from './loss.ts';

/** What is left of a table that was deleted and recreated under its name, and the one that exists now. */
export interface ReplacedTable extends LostTable {
  readonly details: TableDetails;
  /**
   * The incarnation that is gone; absent when neither memory nor recovery points show which it was.
   */
  readonly formerId?: string;
}

/** How long DynamoDB keeps the SYSTEM backup of the former table. */
const RECENT_MS = 35 * DAY_MS;

interface Case {
  readonly one: GovernedTable;
  readonly details: TableDetails;
  readonly rememberedId: string | undefined;
  /** Of former tables with the name. */
  readonly former: readonly OwnedRecoveryPoints[];
  readonly copies: readonly OwnedRecoveryPoints[];
  readonly input: DeletionInput;
}

const isOpen = ({ one, input }: Case, kind: 'recovery-points-of-lost-table' | 'table-deleted'): boolean =>
  input.openFindings.some(({ id }) => id === findingId(kind, one.table.name));

/**
 * Recovery points show it without memory, as long as it was not reported: by an older version, or a
 * run whose message was not sent.
 */
const isShownByPoints = (it: Case): boolean =>
  !isOpen(it, 'recovery-points-of-lost-table') &&
  lastPoints(it.former).some(({ createdAt }) => it.input.now - createdAt <= RECENT_MS);

/** The deletion is known: either it was reported, or that the table is back without its tag. */
const isKnown = (it: Case): boolean =>
  isOpen(it, 'table-deleted') ||
  it.input.openFindings.some(({ cause, table }) => table === it.one.table.name && cause === BACK_WITHOUT_TAG);

/** A table that is being restored has its items; that is visible only while the restore runs. */
const isReplaced = (it: Case): boolean => {
  const { details, one, rememberedId } = it;
  if (one.policies.length === 0 || isPassingTable(one.table.name)) return false;
  if (details.restored === true || details.status === 'DELETING' || isKnown(it)) return false;
  return (rememberedId !== undefined && rememberedId !== details.tableId) || isShownByPoints(it);
};

const replacedOf = (it: Case): ReplacedTable => {
  const { copies, details, former, input, one, rememberedId } = it;
  const { name } = one.table;
  const points = lastPoints(former);
  const formerId = rememberedId === details.tableId ? undefined : rememberedId;
  const protection = input.memory.protections?.find(({ table }) => table === name);
  const { systemBackups, systemGap } = systemBackupsOf(input.observation, name);
  return {
    name,
    details,
    wasGoverned: true,
    points,
    ...lastCopies(copies, points),
    ...withVaultLosses(name, input),
    systemBackups: systemBackups.filter(({ tableId }) => tableId !== details.tableId),
    policies: keepingPolicies(protection, former),
    ...replicaOf(input.observation, name),
    ...(systemGap !== undefined && { systemGap }),
    ...((formerId ?? points[0]?.tableId) !== undefined && { formerId: formerId ?? points[0]?.tableId ?? '' }),
  };
};

const formerOf = (
  own: readonly OwnedRecoveryPoints[],
  { tableId }: TableDetails,
): readonly OwnedRecoveryPoints[] =>
  own.map((ofPolicy) => ({
    ...ofPolicy,
    points: ofPolicy.points.filter(({ recoveryPoint }) => recoveryPoint.tableId !== tableId),
  }));

/**
 * Lists the governed tables that were deleted and recreated under their names, with their tags,
 * since they were last seen: the table exists, but its items are gone. Sorted by name. Empty if
 * names, tags or recovery points were not read completely.
 */
export const newlyReplaced = (input: DeletionInput): readonly ReplacedTable[] => {
  const { governed, memory, observation } = input;
  if (!isSeenWhole(observation, 'tags', 'table-names', 'recovery-points')) return [];
  const ids = new Map(memory.protections?.map(({ table, tableId }) => [table, tableId]));
  const accepted = new Map(memory.protections?.map((one) => [one.table, one.accepted ?? []]));
  const ownOf = Map.groupBy(
    [...input.own].filter(({ table, policy }) => accepted.get(table)?.includes(policy) !== true),
    ({ table }) => table,
  );
  const copiesOf = Map.groupBy(input.copies, ({ table }) => table);
  return governed.flatMap((one) => {
    const { details, name } = one.table;
    if (details === undefined) return [];
    const former = formerOf(ownOf.get(name) ?? [], details);
    const copies = formerOf(copiesOf.get(name) ?? [], details);
    const it: Case = { one, details, rememberedId: ids.get(name), former, copies, input };
    return isReplaced(it) ? [replacedOf(it)] : [];
  });
};
