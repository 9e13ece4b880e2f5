import type { SimAccount } from '../account.ts';
import { vaultArn } from '../arn.ts';
import type { Caller } from '../call.ts';
import { announce } from './announce.ts';
import { within } from './fresh.ts';
import { isHeld } from './legal-holds.ts';
import { lifecycleInstants } from './lifecycle.ts';
import type { RecoveryPoint } from './points.ts';
import { hasLinkedRole, isAssumable } from './roles.ts';
import { secondsOf } from './vault-shape.ts';

const HOUR_MS = 3_600_000;
/** AWS Backup deletes at some moment within this time after the retention has passed. */
const EXPIRY_MS = 8 * HOUR_MS;
/** What expired under a legal hold goes within this time after it. */
const RELEASE_MS = 24 * HOUR_MS;

const factsOf = (account: SimAccount, point: RecoveryPoint, at: number) => ({
  at,
  arn: point.arn,
  name: point.arn.split(/[:/]/).at(-1) ?? '',
  tableName: point.source.tableName,
  tableId: point.source.tableId,
  type: 'AWS_BACKUP' as const,
  createdAt: point.createdAt,
  vault: vaultArn(account, point.vaultName),
});

export const announcePoint = (
  account: SimAccount,
  point: RecoveryPoint,
  at: number,
  status: string,
): void => {
  const { coldAt, deleteAt } = lifecycleInstants(point.lifecycle ?? {}, point.createdAt);
  announce(account, at, 'Recovery Point State Change', [point.arn], {
    backupVaultName: point.vaultName,
    backupVaultArn: vaultArn(account, point.vaultName),
    recoveryPointArn: point.arn,
    resourceArn: point.source.tableArn,
    resourceType: 'DynamoDB',
    creationDate: new Date(point.createdAt).toISOString(),
    iamRoleArn: point.iamRoleArn,
    status,
    storageClass: status === 'DELETED' ? 'DELETED' : point.storage,
    calculatedLifeCycle: {
      ...(coldAt === undefined ? {} : { moveToColdStorageAt: secondsOf(coldAt) }),
      ...(deleteAt === undefined ? {} : { deleteAt: secondsOf(deleteAt) }),
    },
  });
};

/** Takes a point out of its vault, and of DynamoDB's backups where it is one of them too. */
const removePoint = (account: SimAccount, point: RecoveryPoint): void => {
  const { backup, backups } = account.state;
  backup.points.remove(point);
  const own = backups.get(point.arn);
  if (own) backups.remove(own);
};

/** Removes a point that never came to be. */
export const discardPoint = removePoint;

/** Writes to the ledger that a point was made. */
export const recordPoint = (account: SimAccount, point: RecoveryPoint, at: number, by: Caller): void =>
  account.state.ledger.write({ kind: 'recovery-point-made', ...factsOf(account, point, at), by });

/** Makes a point ready and writes it to the ledger. Its lifecycle runs from now on. */
export const completePoint = (account: SimAccount, point: RecoveryPoint, at: number, by: Caller): void => {
  point.status = 'ready';
  point.completedAt = at;
  recordPoint(account, point, at, by);
  announcePoint(account, point, at, account.state.settings.readyStatus);
  scheduleLifecycle(account, point, at);
};

/** Takes a point away at once and writes it to the ledger: deleted by somebody, or gone by its lifecycle. */
export const erasePoint = (
  account: SimAccount,
  point: RecoveryPoint,
  at: number,
  by: Caller | undefined,
): void => {
  removePoint(account, point);
  const facts = factsOf(account, point, at);
  account.state.ledger.write(
    by ? { kind: 'recovery-point-deleted', ...facts, by } : { kind: 'recovery-point-gone', ...facts },
  );
};

const isThere = ({ state }: SimAccount, point: RecoveryPoint): boolean =>
  state.backup.points.find(point.arn) === point;

const expire = (account: SimAccount, point: RecoveryPoint, at: number, message: string): void => {
  point.status = 'EXPIRED';
  point.statusMessage = message;
  announcePoint(account, point, at, 'EXPIRED');
};

/** Starts the deletion of a point: DELETING for some time, then gone, or EXPIRED where it cannot be deleted. */
export const deletePoint = (
  account: SimAccount,
  point: RecoveryPoint,
  at: number,
  by: Caller | undefined,
): void => {
  const { state } = account;
  point.status = 'DELETING';
  announcePoint(account, point, at, 'DELETING');
  const span = state.backup.undeletable.has(point.arn)
    ? ([48 * HOUR_MS, 72 * HOUR_MS] as const)
    : state.settings.pointDeletionMs;
  state.at(at + within(span, `${point.arn} deletion ${at}`), (then) => {
    if (!isThere(account, point) || point.status !== 'DELETING') return;
    if (state.backup.undeletable.has(point.arn)) {
      expire(account, point, then, 'The recovery point could not be deleted.');
      return;
    }
    erasePoint(account, point, then, by);
    announcePoint(account, point, then, 'DELETED');
  });
};

/** Marks a point as one that should be gone and is not: whoever should delete it may not. */
export const failDeletion = expire;

/** AWS Backup looks after a point with the role that it was made with, and with its own where that is gone. */
const mayExpire = (account: SimAccount, point: RecoveryPoint): boolean =>
  isAssumable(account, point.iamRoleArn) ||
  (account.state.settings.linkedRoleExpires && hasLinkedRole(account));

const endRetention = (account: SimAccount, point: RecoveryPoint, at: number): void => {
  const { backup } = account.state;
  if (isHeld(backup.legalHolds.values(), point)) return;
  if (point.status !== 'ready' && point.status !== 'PARTIAL') return;
  if (point.readers > 0) {
    account.state.at(at + HOUR_MS, (then) => {
      if (isThere(account, point)) endRetention(account, point, then);
    });
    return;
  }
  if (mayExpire(account, point)) deletePoint(account, point, at, undefined);
  else expire(account, point, at, 'AWS Backup lacks the permission to delete the recovery point.');
};

const turnCold = (account: SimAccount, point: RecoveryPoint, at: number): void => {
  if (point.form !== 'advanced' || point.status !== 'ready') return;
  point.storage = 'COLD';
  announcePoint(account, point, at, account.state.settings.readyStatus);
};

/** Does at their time what the lifecycle says, from now on. What it said before is not done any more. */
export const scheduleLifecycle = (account: SimAccount, point: RecoveryPoint, now: number): void => {
  const { state } = account;
  point.lifecycleVersion += 1;
  const version = point.lifecycleVersion;
  const { coldAt, deleteAt } = lifecycleInstants(point.lifecycle ?? {}, point.createdAt);
  const stillHolds = (): boolean => isThere(account, point) && point.lifecycleVersion === version;
  if (coldAt !== undefined && point.storage === 'WARM') {
    state.at(Math.max(coldAt, now), (at) => void (stillHolds() && turnCold(account, point, at)));
  }
  if (deleteAt !== undefined) {
    const late = within([0, EXPIRY_MS], `${point.arn} expiry`);
    state.at(Math.max(deleteAt, now) + late, (at) => void (stillHolds() && endRetention(account, point, at)));
  }
};

/** Lets go what should have gone while a hold was on it. */
export const releaseHeld = (account: SimAccount, point: RecoveryPoint, at: number): void => {
  const { deleteAt } = lifecycleInstants(point.lifecycle ?? {}, point.createdAt);
  if (deleteAt === undefined || deleteAt > at) return;
  const late = within([0, RELEASE_MS], `${point.arn} release ${at}`);
  account.state.at(at + late, (then) => void (isThere(account, point) && endRetention(account, point, then)));
};
