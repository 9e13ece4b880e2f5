import { parseVaultArn } from '../../model/vault-arn.ts';

/** Describes a vault by its name, Region and account. */
export const vaultPlaceText = (vaultArn: string): string => {
  const { name, target } = parseVaultArn(vaultArn) ?? {};
  return target === undefined ? vaultArn : `${name} in ${target.region} of account ${target.accountId}`;
};
