import type { Neighbour } from '../../shared/core/restore/choice.ts';
import type { Incarnation } from '../../shared/core/restore/incarnations.ts';
import { spanText } from '../../shared/core/restore/moment-text.ts';
import type { PointOption } from '../../shared/core/restore/point-option.ts';
import type { UnseenPart } from '../../shared/core/restore/points-of-name.ts';
import { bytesText } from '../../shared/core/text/bytes.ts';
import { daysText } from '../../shared/core/text/time.ts';
import { assertNever } from '../../shared/model/errors.ts';
import { DAY_MS, type Instant, isoInstant } from '../../shared/model/instant.ts';
import type { Target } from '../../shared/model/target.ts';

/** Formats what could not be read: `pitr`, `vaults arn:aws:backup:…`. */
export const unseenText = ({ part, vault }: UnseenPart): string =>
  vault === undefined ? part : `${part} ${vault}`;

/** Formats a size, or that it is not known. */
export const sizeText = (bytes: number | undefined): string =>
  bytes === undefined ? 'size not stated' : bytesText(bytes);

/** Formats how long the service keeps a SYSTEM backup: `26 days left`. */
export const leftText = (expiresAt: Instant, now: Instant): string => {
  const days = Math.floor((expiresAt - now) / DAY_MS);
  if (expiresAt <= now) return 'expired';
  return days === 0 ? `${spanText(expiresAt - now)} left` : `${daysText(days)} left`;
};

/** Formats who made a backup. */
export const makerText = (madeBy: PointOption['madeBy']): string => {
  switch (madeBy) {
    case 'this-instance':
      return 'this instance';
    case 'someone-else':
      return 'someone else';
    case 'system':
      return 'AWS at deletion';
    default:
      return assertNever(madeBy);
  }
};

/** Formats where a backup is: `dynamodb`, `vault tablekeeper`, `vault dr in eu-west-1, cold`. */
export const whereText = ({ vault }: Pick<PointOption, 'vault'>, { accountId, region }: Target): string => {
  if (vault === undefined) return 'dynamodb';
  const { target } = vault;
  const there = target.region === region ? '' : ` in ${target.region}`;
  const account = target.accountId === accountId ? '' : ` of account ${target.accountId}`;
  return `vault ${vault.name}${there}${account}${vault.isCold === true ? ', cold' : ''}`;
};

/** Formats what a backup is, in a sentence: `the recovery point of 2026-11-19T03:00:00Z`. */
export const pointText = ({
  madeBy,
  createdAt,
  vault,
}: Pick<PointOption, 'madeBy' | 'createdAt' | 'vault'>): string => {
  const inVault =
    vault === undefined
      ? ''
      : ` in the backup vault ${vault.name} (${vault.target.region}${vault.isCold === true ? ', cold storage' : ''})`;
  switch (madeBy) {
    case 'this-instance':
      return `the recovery point of ${isoInstant(createdAt)}${inVault}`;
    case 'someone-else':
      return `someone else's backup of ${isoInstant(createdAt)}${inVault}`;
    case 'system':
      return `the SYSTEM backup of its last second before it was deleted, ${isoInstant(createdAt)}`;
    default:
      return assertNever(madeBy);
  }
};

/** Formats an incarnation in a sentence: `orders (id a1)`. */
export const incarnationText = ({ table, tableId }: Pick<Incarnation, 'table' | 'tableId'>): string =>
  `${table} (id ${tableId})`;

const whatText = ({ at, point }: Neighbour): string =>
  point === undefined ? `${isoInstant(at)} by point-in-time recovery` : pointText(point);

/** Formats the nearest at or before a second, with what it would lack. */
export const beforeText = (neighbour: Neighbour): string =>
  neighbour.distanceMs === 0
    ? `${whatText(neighbour)} is of that very second`
    : `${whatText(neighbour)} lacks what was written in the ${spanText(neighbour.distanceMs)} after it`;

/** Formats the nearest after a second, with what it would have too much. */
export const afterText = (neighbour: Neighbour): string =>
  `${whatText(neighbour)} also has everything of the ${spanText(neighbour.distanceMs)} after the asked second, wrong writes included`;
