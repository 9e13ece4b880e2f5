import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { SystemBackup } from '../../model/system-backup.ts';
import type { Target } from '../../model/target.ts';
import type { KnownOfName } from './known-of-name.ts';
import type { PointOption } from './point-option.ts';
import { tableIdAt } from './table-id-at.ts';

/** In a vault, what only the role of this instance's jobs says is made by it: nothing else has that role. */
const makerOf = ({ origin, unproven }: RecoveryPoint, instance: string): PointOption['madeBy'] =>
  origin?.instance === instance || unproven === true ? 'this-instance' : 'someone-else';

/** A size of zero is one that nobody stated. */
const vaultPart = ({ location, isCold, home, deletesAt, sizeBytes }: RecoveryPoint, target: Target) => ({
  ...(sizeBytes > 0 && { sizeBytes }),
  ...(deletesAt !== undefined && { deletesAt }),
  ...(location.target.accountId !== target.accountId && { beyond: 'account' as const }),
  vault: {
    name: location.vault ?? '',
    target: location.target,
    ...(home !== undefined && { home }),
    ...(isCold === true && { isCold }),
  },
});

const userPoint = (point: RecoveryPoint, { target, instance }: Where): PointOption => ({
  id: point.id,
  name: point.name,
  tableId: point.tableId,
  createdAt: point.createdAt,
  status: point.status,
  madeBy: makerOf(point, instance),
  ...(point.location.vault === undefined ? { sizeBytes: point.sizeBytes } : vaultPart(point, target)),
});

const systemPoint = ({ id, name, tableId, createdAt, expiresAt, sizeBytes }: SystemBackup): PointOption => ({
  id,
  name,
  tableId,
  createdAt,
  expiresAt,
  status: 'available',
  madeBy: 'system',
  ...(sizeBytes !== undefined && { sizeBytes }),
});

/** Who looks, and from where. */
interface Where {
  readonly target: Target;
  readonly instance: string;
}

const isOfHome = ({ home }: RecoveryPoint): boolean => home === undefined;

/**
 * SAFETY: copies of another account's or Region's table of that name belong to another table: they are listed where no table here has or had the
 * name, and where a person named one.
 */
const offered = (known: KnownOfName): readonly RecoveryPoint[] => {
  const own = known.recoveryPoints.filter(({ tableName }) => tableName === known.table);
  const isNameHere =
    known.standing !== undefined ||
    known.manifests.length > 0 ||
    known.systemBackups.some(({ tableName }) => tableName === known.table) ||
    own.some(isOfHome);
  return isNameHere ? own.filter((point) => isOfHome(point) || point.id === known.named) : own;
};

/** Lists what can be restored of a name, or could be once it is made or reached, oldest first. */
export const pointsOf = (known: KnownOfName, instance: string): readonly PointOption[] =>
  [
    ...offered(known)
      .map((point) => (point.tableId === '' ? { ...point, tableId: tableIdAt(known, point) } : point))
      .map((point) => userPoint(point, { target: known.target, instance })),
    ...(known.farPoints ?? []),
    ...known.systemBackups.filter(({ tableName }) => tableName === known.table).map(systemPoint),
  ].toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
