import type { VaultFactReader } from '../../ports/vault-facts.ts';
import type { FactParts } from './parts.ts';
import { seenKeys } from './seen-keys.ts';
import { seenPolicies } from './seen-policies.ts';
import { lackingRights, seenRole } from './seen-role.ts';
import { seenCrossAccount, seenOptIn } from './seen-settings.ts';
import { seenVaults } from './seen-vaults.ts';

/** Creates what asks AWS Backup, KMS and IAM about vaults: one call for each Region, key, policy and setting. */
export const createVaultFacts = (parts: FactParts): VaultFactReader => ({
  read: async ({ asksOrganization, jobRole = parts.jobRole, simulates, vaults: asked }) => {
    const own = { ...parts, jobRole };
    const [vaults, role, optIn, crossAccount, lacking] = await Promise.all([
      seenVaults(parts, asked),
      seenRole(own),
      seenOptIn(parts),
      asksOrganization ? seenCrossAccount(parts) : undefined,
      simulates === undefined ? undefined : lackingRights(own, simulates),
    ]);
    const [keys, policies] = await Promise.all([seenKeys(parts, vaults), seenPolicies(parts, vaults)]);
    return {
      vaults,
      keys,
      policies,
      jobRole: { arn: jobRole, seen: role },
      optIn,
      ...(crossAccount !== undefined && { crossAccount }),
      ...(lacking !== undefined && { lacking }),
    };
  },
});
