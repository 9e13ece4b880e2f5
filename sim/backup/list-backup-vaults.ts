import type { Operation } from '../operation.ts';
import { flagIn } from './input.ts';
import { isAsked, listed } from './listing.ts';
import { vaultShape } from './vault-shape.ts';

export const listBackupVaults: Operation = ({ account }, input) =>
  listed(account, input, {
    name: 'BackupVaultList',
    values: [...account.state.backup.vaults.values()].filter(
      () => isAsked(input, 'ByVaultType', 'BACKUP_VAULT') && !flagIn(input, 'ByShared'),
    ),
    keyOf: ({ name }) => name,
    shapeOf: (vault) => vaultShape(account, vault),
  });
