import type { Failure } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { SystemBackup } from '../../model/system-backup.ts';
import type { Pitr, TableDetails } from '../../model/table.ts';
import type { Target } from '../../model/target.ts';
import type { PointOption } from './point-option.ts';

/** Something about a name that could not be read: what is not seen because of it is not known to be absent. */
export interface UnseenPart {
  readonly part: 'table' | 'pitr' | 'recovery-points' | 'system-backups' | 'manifests' | 'vaults';
  /** The only backup vault that could not be read, by ARN. */
  readonly vault?: string;
  readonly failure: Failure;
}

/** Everything that was read about one name. */
export interface KnownOfName {
  readonly table: string;
  /** The account and Region that were looked at. */
  readonly target: Target;
  /** The table that has the name now; absent where none has. */
  readonly standing?: { readonly details: TableDetails; readonly arn: string; readonly pitr?: Pitr };
  /** User-made ones of every table that ever had the name, in vaults as well. */
  readonly recoveryPoints: readonly RecoveryPoint[];
  /** Copies in other accounts, which can only be remembered. */
  readonly farPoints?: readonly PointOption[];
  readonly systemBackups: readonly SystemBackup[];
  readonly manifests: readonly Pick<Manifest, 'tableId' | 'tableCreatedAt' | 'confirmedAt'>[];
  readonly unseen: readonly UnseenPart[];
  /** The ARN of the one that a person named. */
  readonly named?: string | undefined;
}

/** Stands for the incarnation of a recovery point of which nothing says to which table of the name it belongs. */
export const UNKNOWN_TABLE = 'unknown';

interface Life {
  readonly tableId: string;
  readonly from: Instant;
  readonly until: Instant;
}

const livesOf = ({ standing, manifests, systemBackups }: KnownOfName): readonly Life[] => [
  ...(standing?.details.createdAt === undefined
    ? []
    : [
        {
          tableId: standing.details.tableId,
          from: standing.details.createdAt,
          until: Number.POSITIVE_INFINITY,
        },
      ]),
  ...manifests.map(({ tableId, tableCreatedAt, confirmedAt }) => ({
    tableId,
    from: tableCreatedAt,
    until: systemBackups.find((one) => one.tableId === tableId)?.createdAt ?? confirmedAt,
  })),
];

/**
 * Finds which table had the name when a recovery point was made that does not say it, as those of AWS Backup's own plans do not.
 * SAFETY: only one that surely stood then; else it is of a table of its own, and no second of another one is taken from it.
 */
export const tableIdAt = (known: KnownOfName, { createdAt, home }: RecoveryPoint): string => {
  if (home !== undefined) return UNKNOWN_TABLE;
  const life = livesOf(known).find(({ from, until }) => from <= createdAt && createdAt <= until);
  return life?.tableId ?? UNKNOWN_TABLE;
};

/** In a vault, what only the role of this instance's jobs says is made by it: nothing else has that role. */
const makerOf = ({ origin, unproven }: RecoveryPoint, instance: string): PointOption['madeBy'] =>
  origin?.instance === instance || unproven === true ? 'this-instance' : 'someone-else';

/** A size of zero is one that nobody stated. */
const vaultPart = (
  { location, isCold, home, deletesAt, keyArn, sizeBytes }: RecoveryPoint,
  target: Target,
) => ({
  ...(sizeBytes !== undefined && sizeBytes > 0 && { sizeBytes }),
  ...(deletesAt !== undefined && { deletesAt }),
  ...(location.target.accountId !== target.accountId && { beyond: 'account' as const }),
  vault: {
    name: location.vault ?? '',
    target: location.target,
    ...(home !== undefined && { home }),
    ...(isCold === true && { isCold }),
    ...(keyArn !== undefined && { keyArn }),
  },
});

const ownPart = ({ sizeBytes }: RecoveryPoint) => (sizeBytes === undefined ? {} : { sizeBytes });

const userPoint = (point: RecoveryPoint, { target, instance }: Where): PointOption => ({
  id: point.id,
  name: point.name,
  tableId: point.tableId,
  createdAt: point.createdAt,
  status: point.status,
  madeBy: makerOf(point, instance),
  ...(point.location.vault === undefined ? ownPart(point) : vaultPart(point, target)),
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
