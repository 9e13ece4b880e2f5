import { ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import type { Listing } from '../../../ports/inventory.ts';
import { pageWithout, readPages } from '../../aws/paginate.ts';
import { statedCount, statedList, statedText } from '../../aws/reading.ts';
import type { VaultParts } from './vault-clients.ts';

/** What the lock of a vault forbids. */
export interface VaultLock {
  readonly minRetentionDays?: number;
}

/** A vault of a Region. */
export interface ListedVault {
  readonly arn: string;
  readonly lock?: VaultLock;
}

/** Lists the vaults of a Region, with their locks. */
export const readVaults = ({ clientIn }: VaultParts, region: string): Promise<Listing<ListedVault>> =>
  readPages('ListBackupVaults', async (token) => {
    const { BackupVaultList, NextToken } = await clientIn(region).send(
      new ListBackupVaultsCommand({ ...(token !== undefined && { NextToken: token }) }),
    );
    const vaults = statedList(BackupVaultList);
    if (vaults === undefined) return pageWithout('BackupVaultList');
    const items = vaults.flatMap(({ BackupVaultArn, Locked, MinRetentionDays }) => {
      const arn = statedText(BackupVaultArn);
      const minRetentionDays = statedCount(MinRetentionDays);
      if (arn === undefined) return [];
      return [
        {
          arn,
          ...(Locked === true && { lock: { ...(minRetentionDays !== undefined && { minRetentionDays }) } }),
        },
      ];
    });
    return { items, token: NextToken };
  });
