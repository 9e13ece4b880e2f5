import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Observation } from '../../model/observation.ts';
import { isCopy, type RecoveryPoint } from '../../model/recovery-point.ts';
import type { Target } from '../../model/target.ts';
import { isKeptByAwsBackup } from '../../model/vault-arn.ts';
import { type OwnedRecoveryPoints, ownPointsIn } from '../scene/own-points.ts';
import type { BilledPoint } from './bill.ts';

/** Tells when a recovery point is or will be cold: by its rule, but never later than now where it is cold already, and never sooner where it is not. */
export const coldAtOf = (
  { coldSince, createdAt, isCold }: RecoveryPoint,
  coldAfterDays: number | undefined,
  now: Instant,
): Instant | undefined => {
  const byRule = coldAfterDays === undefined ? undefined : createdAt + coldAfterDays * DAY_MS;
  if (isCold === true) return Math.min(coldSince ?? byRule ?? createdAt, now);
  return byRule === undefined ? undefined : Math.max(byRule, now);
};

/** When AWS Backup deletes a recovery point; undefined where it does not, or tried and could not: that one is paid for until a person deletes it. */
export const endOf = ({ deletesAt, status }: RecoveryPoint): Instant | undefined =>
  status === 'expired' ? undefined : deletesAt;

/** How a bill counts a recovery point that is there. */
export const storedPoint = (
  point: RecoveryPoint,
  home: Target,
  { coldAfterDays, now }: { readonly coldAfterDays?: number | undefined; readonly now: Instant },
): BilledPoint => {
  const coldAt = coldAtOf(point, coldAfterDays, now);
  const deletesAt = endOf(point);
  return {
    ...(point.sizeBytes !== undefined && { bytes: point.sizeBytes }),
    createdAt: point.createdAt,
    ...(deletesAt !== undefined && { goneAt: deletesAt }),
    region: point.location.target.region,
    isInVault: isKeptByAwsBackup(point.id),
    isCopy: isCopy(point, home),
    ...(coldAt !== undefined && { coldAt }),
  };
};

/**
 * Lists by table and policy what this instance still keeps of tables that are gone, at home and as copies. Undefined where the list of tables could
 * not be read.
 */
export const storedOfDeleted = (
  observation: Observation,
  instance: string,
): readonly OwnedRecoveryPoints[] | undefined => {
  if (observation.tableNames === undefined) return undefined;
  const standing = new Set([...observation.tableNames, ...observation.tables.map(({ name }) => name)]);
  const { own, copies } = ownPointsIn(observation, instance);
  return [...own.values(), ...copies.values()].filter(({ table }) => !standing.has(table));
};
