import type { Operation } from '../operation.ts';
import { scheduleLifecycle } from './change-points.ts';
import { invalidParameter, invalidRequest, namedFailure } from './failures.ts';
import { existingPoint } from './find.ts';
import { lifecycleIn } from './input.ts';
import type { Lifecycle } from './lifecycle.ts';
import { calculatedShape } from './point-shape.ts';
import type { RecoveryPoint } from './points.ts';

const DAY_MS = 86_400_000;

/** What has gone cold stays cold, and nothing turns cold before the next day. */
const refuseCold = (point: RecoveryPoint, lifecycle: Lifecycle, now: number): void => {
  const { MoveToColdStorageAfterDays: cold } = lifecycle;
  if (cold === point.lifecycle?.MoveToColdStorageAfterDays) return;
  if (point.storage === 'COLD') {
    throw invalidRequest('The cold storage setting cannot be changed after a transition to cold storage');
  }
  const age = Math.ceil((now - point.createdAt) / DAY_MS);
  if (cold !== undefined && cold < age + 1) {
    throw invalidParameter(`MoveToColdStorageAfterDays must be at least ${age + 1}`);
  }
};

/** What is left out is taken away. */
export const updateRecoveryPointLifecycle: Operation = ({ account, now }, input) => {
  const point = existingPoint(account, input);
  const lifecycle = lifecycleIn(input) ?? {};
  const { settings, backup } = account.state;
  const vault = backup.vaults.get(point.vaultName);
  if (vault?.lock) {
    throw namedFailure(
      settings.lockedDeletion,
      'The lifecycle cannot be changed: the backup vault is locked.',
    );
  }
  refuseCold(point, lifecycle, now);
  point.lifecycle = lifecycle;
  scheduleLifecycle(account, point, now);
  return {
    BackupVaultArn: vault?.arn,
    RecoveryPointArn: point.arn,
    Lifecycle: lifecycle,
    CalculatedLifecycle: calculatedShape(point),
  };
};
