import type { ManifestUse } from '../../core/restore/manifest-for.ts';
import { encryptionFromVault, isFromVault, refusedByVault } from '../../core/restore/vault-terms.ts';
import { UserError } from '../../model/errors.ts';
import type { RestoreOverrides, RestoreSource } from '../../model/restore.ts';
import type { RestoreDeps } from './deps.ts';

/**
 * Decides what is sent with the call that starts a restore. Throws a `UserError` for what cannot be had.
 * SAFETY: from a vault nothing starts whose encryption is not known.
 */
export const termsFor = async (
  { vaultRestorer }: Pick<RestoreDeps, 'vaultRestorer'>,
  source: RestoreSource,
  { overrides }: { readonly overrides: RestoreOverrides },
  use: ManifestUse | undefined,
): Promise<RestoreOverrides> => {
  if (!isFromVault(source)) return overrides;
  const refusal = refusedByVault(source, overrides);
  if (refusal !== undefined) throw refusal;
  const read = overrides.encryption === undefined ? await vaultRestorer.readEncryption(source) : undefined;
  const recorded = read?.kind === 'found' ? read.value.encryption : undefined;
  const encryption = encryptionFromVault(source, overrides.encryption, { recorded, manifest: use?.manifest });
  if (encryption instanceof UserError) throw encryption;
  return { ...overrides, encryption };
};
