import type { SimAccount } from '../account.ts';
import { vaultArn } from '../arn.ts';
import type { Input } from '../call.ts';
import { insufficientPrivileges, invalidParameter, notFound } from './failures.ts';
import { requiredText, textIn, vaultNameIn } from './input.ts';
import type { RecoveryPoint } from './points.ts';
import type { Vault } from './vaults.ts';

/** Whoever names a vault that is not there is told that he may not see it. */
export const missingVault = (account: SimAccount, name: string): Error =>
  account.state.settings.missingVault === 'access-denied'
    ? insufficientPrivileges()
    : notFound(`Backup vault ${name} does not exist`);

/** The vault that a call names. One of another account is never shown. */
export const existingVault = (account: SimAccount, input: Input, member = 'BackupVaultName'): Vault => {
  const name = vaultNameIn(input, member);
  if ((textIn(input, 'BackupVaultAccountId') ?? account.accountId) !== account.accountId) {
    throw insufficientPrivileges();
  }
  const vault = account.state.backup.vaults.get(name);
  if (!vault) throw missingVault(account, name);
  return vault;
};

/** The point that a call names, in the vault that it names. */
export const existingPoint = (account: SimAccount, input: Input): RecoveryPoint => {
  const { name } = existingVault(account, input);
  const arn = requiredText(input, 'RecoveryPointArn');
  if (!arn.startsWith('arn:')) throw invalidParameter(`Invalid recovery point ARN: ${arn}`);
  const point = account.state.backup.points.get(name, arn);
  if (!point) throw notFound(`Cannot find recovery point ${arn} in ${vaultArn(account, name)}`);
  return point;
};
