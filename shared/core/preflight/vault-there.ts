import { advise } from '../../model/advice.ts';
import type { Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { VaultFacts } from '../../model/vault-facts.ts';
import { listed } from '../text/words.ts';
import { createVaultCommand, deployVaultCommand } from './commands.ts';
import { destinationsOf, homesOf } from './needs.ts';
import { joined, NOTHING, type Preflight, type Trouble, troubled, unknown } from './trouble.ts';

/** Who needs a vault: the policies that make recovery points in it, and those that copy into it. */
const usersOf = (arn: string, policies: readonly Policy[], target: Target): string => {
  const makers = homesOf(policies, target)
    .filter((home) => home.arn === arn)
    .map(({ policy }) => policy.name);
  const copiers = policies.filter((policy) => destinationsOf([policy]).includes(arn)).map(({ name }) => name);
  const made = makers.length === 0 ? '' : ` ${listed(makers)} makes its recovery points in it.`;
  const copied = copiers.length === 0 ? '' : ` ${listed(copiers)} copies into it.`;
  return made === '' && copied === '' ? ' Recovery points are remembered in it.' : `${made}${copied}`;
};

const ON_PURPOSE =
  'AWS deletes no vault that has something in it, so what was there was deleted before. If that is meant, write its ARN under deletedVaults in policies.yml and deploy. If not, see in CloudTrail who did it (DeleteRecoveryPoint, DeleteBackupVault), and use the copies that are left. Make it again only where it is needed:';

/**
 * Builds what there is to say of a vault that a whole list of vaults does not show. Whatever was in it is gone with it.
 */
export const missingVault = (arn: string, policies: readonly Policy[], target: Target): Trouble => {
  const vault = parseVaultArn(arn) ?? { name: arn, target };
  const { name } = vault;
  const isHome = vault.target.region === target.region;
  const isNamed = policies.some(
    (policy) =>
      destinationsOf([policy]).includes(arn) || homesOf([policy], target).some((home) => home.arn === arn),
  );
  const say = isHome
    ? 'If its name is mistyped in policies.yml, correct it there. Otherwise make it: by a deployment, with a key of its own and the roles of its jobs, or by hand:'
    : 'If its ARN is mistyped in policies.yml, correct it there. Otherwise make it:';
  return {
    kind: 'vault-missing',
    subject: [arn],
    severity: 'critical',
    fact: `There is no backup vault ${name} in ${vault.target.region} of account ${vault.target.accountId}.${usersOf(arn, policies, target)}`,
    measured: 'no such vault',
    promised: 'a vault',
    advice: advise(
      isNamed ? say : ON_PURPOSE,
      ...(isNamed && isHome ? [deployVaultCommand(name)] : []),
      createVaultCommand(vault),
    ),
  };
};

/** Finds the vaults that are not there. */
export const vaultsThere = (
  policies: readonly Policy[],
  { vaults }: Pick<VaultFacts, 'vaults'>,
  target: Target,
): Preflight =>
  joined(
    vaults.map(({ arn, seen }): Preflight => {
      if (seen.kind === 'found') return NOTHING;
      if (seen.kind === 'missing') return troubled(missingVault(arn, policies, target));
      const what = `the vault ${parseVaultArn(arn)?.name ?? arn}`;
      const { failure } = seen;
      // Which key it has is not known either, so that nothing is known of any key.
      return unknown(
        { kind: 'vault-missing', subject: [arn], what, failure },
        { kind: 'vault-key-unusable', subject: [], what, failure },
        { kind: 'vault-lock-refuses', subject: [arn], what, failure },
        { kind: 'vault-policy-denies', subject: [arn], what, failure },
      );
    }),
  );
