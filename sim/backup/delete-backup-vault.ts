import type { Operation } from '../operation.ts';
import { invalidRequest } from './failures.ts';
import { existingVault } from './find.ts';

export const deleteBackupVault: Operation = ({ account }, input) => {
  const { name } = existingVault(account, input);
  const { points, vaults } = account.state.backup;
  if (points.count(name) > 0) {
    throw invalidRequest('Backup vault cannot be deleted because it contains recovery points.');
  }
  vaults.delete(name);
  return {};
};
