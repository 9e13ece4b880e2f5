import type { Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn, vaultArn } from '../../model/vault-arn.ts';
import type { VaultQuestion } from '../../model/vault-facts.ts';

/** One vault that a policy makes recovery points in. */
export interface Home {
  readonly policy: Policy;
  readonly arn: string;
  readonly name: string;
}

/** Lists the policies that make recovery points in vaults, each once. */
export const withVaults = (policies: readonly Policy[]): readonly Policy[] =>
  [...new Set(policies)].filter(({ vault }) => vault !== undefined);

/** Lists the vaults at home that policies name, one entry for each policy. */
export const homesOf = (policies: readonly Policy[], target: Target): readonly Home[] =>
  policies.flatMap((policy) =>
    policy.vault === undefined
      ? []
      : [{ policy, name: policy.vault.name, arn: vaultArn({ target, name: policy.vault.name }) }],
  );

/** Lists the vaults that policies copy to, by ARN, each once. */
export const destinationsOf = (policies: readonly Policy[]): readonly string[] => [
  ...new Set(policies.flatMap(({ vault }) => (vault?.copyTo ?? []).map((one) => one.vaultArn))),
];

/** Returns the accounts of others that policies copy to, sorted. */
export const otherAccounts = (policies: readonly Policy[], { accountId }: Target): readonly string[] =>
  [...new Set(destinationsOf(policies).flatMap((arn) => parseVaultArn(arn)?.target.accountId ?? []))]
    .filter((account) => account !== accountId)
    .toSorted();

/**
 * Returns what has to be asked about policies; undefined where none has a vault. A vault of another account cannot be asked about from here.
 */
export const vaultQuestion = (policies: readonly Policy[], target: Target): VaultQuestion | undefined => {
  const homes = homesOf(policies, target);
  if (homes.length === 0) return undefined;
  const arns = new Set([...homes.map(({ arn }) => arn), ...destinationsOf(policies)]);
  return {
    vaults: [...arns]
      .toSorted()
      .flatMap((arn) => parseVaultArn(arn) ?? [])
      .filter((vault) => vault.target.accountId === target.accountId),
    asksOrganization: otherAccounts(policies, target).length > 0,
  };
};
