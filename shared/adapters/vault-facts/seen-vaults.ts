import { ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import { type Vault, vaultArn } from '../../model/vault-arn.ts';
import type { Known, SeenLock, SeenVault, VaultFacts } from '../../model/vault-facts.ts';
import type { Listing } from '../../ports/inventory.ts';
import { pageWithout, readPages } from '../aws/paginate.ts';
import { statedCount, statedInstant, statedList, statedText } from '../aws/reading.ts';
import type { FactParts } from './parts.ts';

interface Listed extends SeenVault {
  readonly arn: string;
}

const lockOf = (min: unknown, max: unknown, final: unknown): SeenLock => {
  const [minDays, maxDays, finalAt] = [statedCount(min), statedCount(max), statedInstant(final)];
  return {
    ...(minDays !== undefined && { minDays }),
    ...(maxDays !== undefined && { maxDays }),
    ...(finalAt !== undefined && { finalAt }),
  };
};

const listVaults = ({ backupIn }: FactParts, region: string): Promise<Listing<Listed>> =>
  readPages('ListBackupVaults', async (token) => {
    const { BackupVaultList, NextToken } = await backupIn(region).send(
      new ListBackupVaultsCommand({ ...(token !== undefined && { NextToken: token }) }),
    );
    const vaults = statedList(BackupVaultList);
    if (vaults === undefined) return pageWithout('BackupVaultList');
    const items = vaults.flatMap(
      ({ BackupVaultArn, EncryptionKeyArn, LockDate, Locked, MaxRetentionDays, MinRetentionDays }) => {
        const arn = statedText(BackupVaultArn);
        const keyArn = statedText(EncryptionKeyArn);
        const lock = Locked === true ? lockOf(MinRetentionDays, MaxRetentionDays, LockDate) : undefined;
        return arn === undefined
          ? []
          : [{ arn, ...(keyArn !== undefined && { keyArn }), ...(lock !== undefined && { lock }) }];
      },
    );
    return { items, token: NextToken };
  });

const seenIn = ({ gap, items }: Listing<Listed>, wanted: string): Known<SeenVault> => {
  const found = items.find(({ arn }) => arn === wanted);
  if (found === undefined)
    return gap === undefined ? { kind: 'missing' } : { kind: 'unreadable', failure: gap };
  const { arn: _, ...value } = found;
  return { kind: 'found', value };
};

/**
 * Looks vaults up in the list of their Region. SAFETY: only a whole list shows that one is not there; AWS Backup answers the same for a vault that is not
 * there and one that the caller may not see.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupVaults.html (not verified)
 */
export const seenVaults = async (
  parts: FactParts,
  vaults: readonly Vault[],
): Promise<VaultFacts['vaults']> => {
  const regions = [...new Set(vaults.map(({ target }) => target.region))];
  const lists = new Map(
    await Promise.all(regions.map(async (region) => [region, await listVaults(parts, region)] as const)),
  );
  return vaults.map((vault) => {
    const arn = vaultArn(vault);
    return { arn, seen: seenIn(lists.get(vault.target.region) ?? { items: [] }, arn) };
  });
};
