import type { NameView, Neighbour } from '../../shared/core/restore/choice.ts';
import type { Incarnation, RestorableWindow } from '../../shared/core/restore/incarnations.ts';
import type { PointOption } from '../../shared/core/restore/point-option.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { RestoreSource } from '../../shared/model/restore.ts';
import { vaultArn } from '../../shared/model/vault-arn.ts';
import { instantField } from './fields.ts';

/** The parts that the documents of `restore` share. */

/** Only what is in a vault may be in cold storage. */
const tierField = ({ vault }: PointOption): 'warm' | 'cold' => (vault?.isCold === true ? 'cold' : 'warm');

export const pointFields = (point: PointOption) => ({
  id: point.id,
  name: point.name,
  tableId: point.tableId,
  createdAt: isoInstant(point.createdAt),
  status: point.status,
  madeBy: point.madeBy,
  sizeBytes: point.sizeBytes,
  expiresAt: instantField(point.expiresAt),
  engine: point.vault === undefined ? 'dynamodb' : 'aws-backup',
  vault: point.vault === undefined ? undefined : vaultArn(point.vault),
  tier: tierField(point),
  deletesAt: instantField(point.deletesAt),
  outOfReach: point.beyond,
  lockedBy:
    point.lock === undefined ? undefined : { ...point.lock, deletesAt: instantField(point.lock.deletesAt) },
});

export const windowFields = (window: RestorableWindow | undefined) =>
  window === undefined ? undefined : { from: isoInstant(window.from), to: isoInstant(window.to) };

export const incarnationFields = (incarnation: Incarnation) => ({
  table: incarnation.table,
  tableId: incarnation.tableId,
  state: incarnation.state,
  status: incarnation.status,
  createdAt: instantField(incarnation.createdAt),
  deletedAt: instantField(incarnation.deletedAt),
  lastSeenAt: isoInstant(incarnation.lastSeenAt),
  sizeBytes: incarnation.sizeBytes,
  pitr: incarnation.pitr,
  window: windowFields(incarnation.withheld === undefined ? incarnation.window : undefined),
  withheld: incarnation.withheld,
  recoveryPoints: incarnation.points.map(pointFields),
});

export const possibleFields = ({ incarnations, unseen }: NameView) => ({
  incarnations: incarnations.map(incarnationFields),
  unseen,
});

export const neighbourFields = (neighbour: Neighbour | undefined) =>
  neighbour === undefined
    ? undefined
    : {
        at: isoInstant(neighbour.at),
        tableId: neighbour.tableId,
        distanceSeconds: neighbour.distanceMs / 1_000,
        recoveryPoint: neighbour.point?.id,
        madeBy: neighbour.point?.madeBy,
      };

export const sourceFields = (source: RestoreSource) =>
  source.kind === 'point-in-time'
    ? { ...source, second: isoInstant(source.second) }
    : { ...source, createdAt: isoInstant(source.createdAt) };
