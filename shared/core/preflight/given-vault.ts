import type { Policies, Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import { vaultArn } from '../../model/vault-arn.ts';
import type { LockRange } from '../../model/vault-facts.ts';
import type { PolicyWarning } from '../policy/warnings.ts';
import { withVaults } from './needs.ts';
import { vaultLocks } from './vault-lock.ts';

/** Returns what was given for a parameter; empty where nothing was. */
type GivenFor = (name: string) => string;

/** A lock is the same wherever it is deployed. */
const ANYWHERE: Target = { accountId: '000000000000', region: 'us-east-1', partition: 'aws' };

const lockOf = (givenFor: GivenFor): LockRange | undefined => {
  if (givenFor('vaultLock') === '') return undefined;
  const [least, most] = [givenFor('vaultLockMinDays'), givenFor('vaultLockMaxDays')];
  return { ...(least !== '' && { minDays: Number(least) }), ...(most !== '' && { maxDays: Number(most) }) };
};

const withoutRole = (policies: readonly Policy[], givenFor: GivenFor): readonly PolicyWarning[] =>
  givenFor('vault') !== '' || givenFor('vaultRoleArn') !== ''
    ? []
    : withVaults(policies).map(({ name }) => ({
        path: `policies.${name}.engine`,
        says: `${name} makes its recovery points by jobs of AWS Backup, and neither vault nor vaultRoleArn is given: without a role no job begins, unless an earlier deployment was given one. Give --param="vault=NAME", or --param="vaultRoleArn=ARN".`,
      }));

/** The vault that is made is at home: where a policy copies to, another lock holds. */
const refusedByLock = (policies: readonly Policy[], givenFor: GivenFor): readonly PolicyWarning[] => {
  const lock = lockOf(givenFor);
  if (lock === undefined) return [];
  const arn = vaultArn({ target: ANYWHERE, name: givenFor('vault') });
  const vaults = [{ arn, seen: { kind: 'found', value: { lock } } } as const];
  return vaultLocks(policies, { vaults }, ANYWHERE).troubles.map(({ subject: [, policy = ''], fact }) => ({
    path: `policies.${policy}.engine`,
    says: fact,
  }));
};

/**
 * Lists what the parameters of a deployment leave policies with vaults without: a role for their jobs, and recovery points that the lock of the vault
 * takes. In compliance mode nobody can change that lock any more, so it is said before anything is deployed.
 */
export const givenVaultWarnings = (
  { policies }: Pick<Policies, 'policies'>,
  givenFor: GivenFor,
): readonly PolicyWarning[] => [...withoutRole(policies, givenFor), ...refusedByLock(policies, givenFor)];
