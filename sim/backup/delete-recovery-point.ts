import type { SimAccount } from '../account.ts';
import { demandMet } from '../authorization.ts';
import type { Caller } from '../call.ts';
import type { Operation } from '../operation.ts';
import { deletePoint, failDeletion } from './change-points.ts';
import { invalidState, namedFailure } from './failures.ts';
import { existingPoint } from './find.ts';
import { isHeld } from './legal-holds.ts';
import type { RecoveryPoint } from './points.ts';
import { hasLinkedRole, linkedRoleArn, refusalOfRole } from './roles.ts';

const DAY_MS = 86_400_000;

/** A lock bars everybody; whether for ever, sources disagree. */
const refuseLocked = ({ state }: SimAccount, point: RecoveryPoint, now: number): void => {
  const lock = state.backup.vaults.get(point.vaultName)?.lock;
  if (!lock) return;
  const { lockBars, lockedDeletion } = state.settings;
  if (lockBars === 'until-min' && now >= point.createdAt + (lock.minDays ?? 0) * DAY_MS) return;
  throw namedFailure(
    lockedDeletion,
    lockedDeletion === 'AccessDeniedException'
      ? 'Recovery point cannot be deleted: the backup vault is locked.'
      : 'Recovery point cannot be deleted: it is within the minimum retention period of the backup vault.',
  );
};

const refuseBusy = (point: RecoveryPoint): void => {
  if (point.readers === 0 && point.status !== 'CREATING' && point.status !== 'DELETING') return;
  throw invalidState(`Recovery point ${point.arn} is in use and cannot be deleted.`);
};

/** Whether the caller, and the role that AWS Backup deletes under, may do it. */
const mayDelete = (account: SimAccount, point: RecoveryPoint, caller: Caller): boolean => {
  const demand = { action: 'backup:DeleteRecoveryPoint', resource: point.arn };
  if (!demandMet(account, caller, demand)) return false;
  if (!hasLinkedRole(account)) {
    const resource = linkedRoleArn(account.accountId);
    if (!demandMet(account, caller, { action: 'iam:CreateServiceLinkedRole', resource })) return false;
    account.state.linkedRoles.add('backup.amazonaws.com');
  }
  const own = point.form === 'plain' ? [{ action: 'dynamodb:DeleteBackup', resource: point.arn }] : [];
  return refusalOfRole(account, linkedRoleArn(account.accountId), own) === undefined;
};

/** Asynchronous. Who lacks the right is answered as if it had been done, and the point is EXPIRED. */
export const deleteRecoveryPoint: Operation = ({ account, caller, now }, input) => {
  const point = existingPoint(account, input);
  const { heldDeletion } = account.state.settings;
  if (isHeld(account.state.backup.legalHolds.values(), point)) {
    throw namedFailure(
      heldDeletion,
      'The recovery point cannot be deleted because it has active legal hold(s)',
    );
  }
  refuseLocked(account, point, now);
  refuseBusy(point);
  if (mayDelete(account, point, caller)) deletePoint(account, point, now, caller);
  else failDeletion(account, point, now, 'AWS Backup lacks the permission to delete the recovery point.');
  return {};
};
