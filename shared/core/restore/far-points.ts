import type { Instant } from '../../model/instant.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { KnownCopy, KnownPoint, VaultRecord } from '../../model/vault-record.ts';
import type { PointOption } from './point-option.ts';

const farPoint = (source: KnownPoint, copy: KnownCopy, { accountId }: Target): readonly PointOption[] => {
  const vault = parseVaultArn(copy.vault);
  if (vault === undefined || copy.id === undefined || vault.target.accountId === accountId) return [];
  return [
    {
      id: copy.id,
      name: source.policy,
      tableId: source.tableId,
      createdAt: source.createdAt,
      status: copy.state === 'completed' ? 'available' : 'unknown',
      madeBy: 'this-instance',
      beyond: 'account',
      backTo: source.vault,
      vault,
      ...(copy.deletesAt !== undefined && { deletesAt: copy.deletesAt }),
    },
  ];
};

/** Lists the copies of a table's recovery points in other accounts that were noted: nothing can be listed there from here. */
export const farPointsOf = (
  records: readonly VaultRecord[],
  table: string,
  target: Target,
  now: Instant,
): readonly PointOption[] =>
  records
    .filter(({ recordedTable }) => recordedTable === table)
    .flatMap(({ points }) =>
      points.flatMap((point) => (point.copies ?? []).flatMap((copy) => farPoint(point, copy, target))),
    )
    .filter(({ deletesAt }) => deletesAt === undefined || deletesAt > now);
