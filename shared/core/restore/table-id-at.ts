import type { Instant } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { KnownOfName } from './known-of-name.ts';

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
