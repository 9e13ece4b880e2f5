import type { SeenCopies } from '../../model/picture.ts';
import type { GovernedTable } from '../scene/governed.ts';
import type { OwnedRecoveryPoints } from '../scene/own-points.ts';

/** Sums up the copies of a table that can be restored, of no earlier one of its name; undefined without any. */
export const seenCopies = (
  { table }: GovernedTable,
  copies: readonly OwnedRecoveryPoints[],
  locked: ReadonlyMap<string, unknown>,
): SeenCopies | undefined => {
  const tableId = table.details?.tableId;
  const available = copies
    .flatMap(({ points }) => points.map(({ recoveryPoint }) => recoveryPoint))
    .filter((point) => point.status === 'available' && (tableId ?? point.tableId) === point.tableId)
    .filter(({ id }) => !locked.has(id))
    .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const newest = available.at(-1);
  if (newest === undefined) return undefined;
  const { createdAt, location, sizeBytes } = newest;
  return {
    count: available.length,
    createdAt,
    ...(sizeBytes !== undefined && { sizeBytes }),
    vault: location.vault ?? '',
    region: location.target.region,
  };
};
