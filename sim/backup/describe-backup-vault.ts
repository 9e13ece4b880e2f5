import type { Operation } from '../operation.ts';
import { existingVault } from './find.ts';
import { vaultShape } from './vault-shape.ts';

export const describeBackupVault: Operation = ({ account }, input) =>
  vaultShape(account, existingVault(account, input));
