import type { Operation } from '../operation.ts';
import { invalidParameter, invalidRequest } from './failures.ts';
import { existingVault } from './find.ts';
import { numberIn } from './input.ts';
import { isImmutable, type VaultLock } from './vaults.ts';

const DAY_MS = 86_400_000;
const MAX_DAYS = 36_500;
const GRACE_DAYS = 3;

const refuseRange = (minDays: number | undefined, maxDays: number | undefined): void => {
  if (minDays !== undefined && minDays < 1) throw invalidParameter('MinRetentionDays must be at least 1 day');
  if (maxDays !== undefined && (maxDays < 1 || maxDays > MAX_DAYS)) {
    throw invalidParameter(`MaxRetentionDays cannot exceed ${MAX_DAYS} days`);
  }
  if (minDays !== undefined && maxDays !== undefined && minDays > maxDays) {
    throw invalidParameter('MinRetentionDays cannot be greater than MaxRetentionDays');
  }
};

/** Governance mode without a grace, which can be taken back; compliance mode with one, and never again after it. */
export const putBackupVaultLockConfiguration: Operation = ({ account, now }, input) => {
  const vault = existingVault(account, input);
  if (isImmutable(vault, now)) {
    throw invalidRequest('Vault Lock configuration is immutable and cannot be modified');
  }
  const minDays = numberIn(input, 'MinRetentionDays');
  const maxDays = numberIn(input, 'MaxRetentionDays');
  const grace = numberIn(input, 'ChangeableForDays');
  refuseRange(minDays, maxDays);
  if (grace !== undefined && (grace < GRACE_DAYS || grace > MAX_DAYS)) {
    throw invalidParameter(`ChangeableForDays must be at least ${GRACE_DAYS} days`);
  }
  const lock: VaultLock = {
    ...(minDays === undefined ? {} : { minDays }),
    ...(maxDays === undefined ? {} : { maxDays }),
    ...(grace === undefined ? {} : { lockAt: now + grace * DAY_MS }),
  };
  vault.lock = lock;
  return {};
};

export const deleteBackupVaultLockConfiguration: Operation = ({ account, now }, input) => {
  const vault = existingVault(account, input);
  if (isImmutable(vault, now)) {
    throw invalidRequest('Vault Lock configuration is immutable and cannot be deleted');
  }
  vault.lock = undefined;
  return {};
};
