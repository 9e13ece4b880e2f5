import { LINKED_ROLE, type VaultFacts } from '../../model/vault-facts.ts';
import type { VaultFactReader } from '../../ports/vault-facts.ts';
import { lackingRights } from './lacking-rights.ts';
import type { FactParts } from './parts.ts';
import { jobRights } from './role-rights.ts';
import { seenKeyPolicies, seenKeys } from './seen-keys.ts';
import { seenPolicies } from './seen-policies.ts';
import { seenRestoreRole } from './seen-restore-role.ts';
import { seenRole } from './seen-role.ts';
import { seenCrossAccount, seenOptIn } from './seen-settings.ts';
import { seenVaults } from './seen-vaults.ts';

const madeOf = (asked: VaultFacts['made'], { made = asked }: FactParts): Pick<VaultFacts, 'made'> => {
  const known = asked ?? made;
  return known === undefined ? {} : { made: known };
};

/** Creates what asks AWS Backup, KMS and IAM about vaults: one call for each Region, key, policy and setting. */
export const createVaultFacts = (parts: FactParts): VaultFactReader => ({
  read: async ({
    asksOrganization,
    jobRole = parts.jobRole,
    restoreRole,
    simulates,
    vaults: asked,
    made,
  }) => {
    const { iam, target } = parts;
    const [vaults, role, optIn, crossAccount, lacking, restore, linkedRole] = await Promise.all([
      seenVaults(parts, asked),
      seenRole(iam, jobRole),
      seenOptIn(parts),
      asksOrganization ? seenCrossAccount(parts) : undefined,
      simulates === undefined ? undefined : lackingRights(iam, jobRole, jobRights(target, simulates)),
      restoreRole === undefined ? undefined : seenRestoreRole(parts, restoreRole),
      simulates === undefined ? undefined : seenRole(iam, LINKED_ROLE),
    ]);
    const [keys, policies, keyPolicies] = await Promise.all([
      seenKeys(parts, vaults),
      seenPolicies(parts, vaults),
      simulates === undefined ? undefined : seenKeyPolicies(parts, vaults),
    ]);
    return {
      vaults,
      keys,
      policies,
      jobRole: { arn: jobRole, seen: role },
      optIn,
      ...madeOf(made, parts),
      ...(crossAccount !== undefined && { crossAccount }),
      ...(lacking !== undefined && { lacking }),
      ...(restore !== undefined && { restoreRole: restore }),
      ...(linkedRole !== undefined && { linkedRole }),
      ...(keyPolicies !== undefined && { keyPolicies }),
    };
  },
});
