import type { Command } from '../../model/advice.ts';
import type { Target } from '../../model/target.ts';
import type { Vault } from '../../model/vault-arn.ts';
import type { LockRange } from '../../model/vault-facts.ts';

const backup = (operation: string, { region }: Target, ...options: Command): Command => [
  ...['aws', 'backup', operation, '--region', region],
  ...options,
];

const ofVault = (operation: string, { name, target }: Vault): Command =>
  backup(operation, target, '--backup-vault-name', name);

/** Makes a vault with the key that AWS manages. */
export const createVaultCommand = (vault: Vault): Command => ofVault('create-backup-vault', vault);

/** Deploys with a vault of that name, which brings a key of its own and the roles of its jobs. */
export const deployVaultCommand = (name: string): Command => [
  ...['npm', 'run', 'deploy', '--'],
  ...['--param', `vault=${name}`],
];

/** Shows a vault, with its lock. */
export const describeVaultCommand = (vault: Vault): Command => ofVault('describe-backup-vault', vault);

/** Shows what the access policy of a vault says. */
export const vaultPolicyCommand = (vault: Vault): Command => ofVault('get-backup-vault-access-policy', vault);

const regionOf = (keyArn: string): string => keyArn.split(':')[3] ?? '';

const kms = (operation: string, keyArn: string): Command => [
  ...['aws', 'kms', operation, '--region', regionOf(keyArn)],
  ...['--key-id', keyArn],
];

/** Takes the deletion of a key back, which leaves it disabled. */
export const cancelKeyDeletionCommand = (keyArn: string): Command => kms('cancel-key-deletion', keyArn);

export const enableKeyCommand = (keyArn: string): Command => kms('enable-key', keyArn);

export const describeKeyCommand = (keyArn: string): Command => kms('describe-key', keyArn);

/** Shows what the policy of a key says. */
export const keyPolicyCommand = (keyArn: string): Command => [
  ...kms('get-key-policy', keyArn),
  ...['--query', 'Policy', '--output', 'text'],
];

/** Makes the role of AWS Backup itself in the account of the caller. */
export const linkedRoleCommand: Command = [
  ...['aws', 'iam', 'create-service-linked-role'],
  ...['--aws-service-name', 'backup.amazonaws.com'],
];

/** Shows a role with its trust policy. */
export const roleCommand = (roleArn: string): Command => [
  ...['aws', 'iam', 'get-role'],
  ...['--role-name', roleArn.split('/').at(-1) ?? roleArn],
];

/** Lists the policies of a role. */
export const rolePoliciesCommand = (roleArn: string): Command => [
  ...['aws', 'iam', 'list-role-policies'],
  ...['--role-name', roleArn.split('/').at(-1) ?? roleArn],
];

/** Lets AWS Backup look after tables in a Region. Names DynamoDB alone: of what is left out, reports say that some is switched on. */
export const optInCommand = (target: Target): Command =>
  backup('update-region-settings', target, '--resource-type-opt-in-preference', 'DynamoDB=true');

/** Switches the advanced features for DynamoDB on in a Region. */
export const advancedCommand = (target: Target): Command =>
  backup('update-region-settings', target, '--resource-type-management-preference', 'DynamoDB=true');

/** Lets recovery points be copied between the accounts of the organization. */
export const crossAccountCommand = (target: Target): Command =>
  backup('update-global-settings', target, '--global-settings', 'isCrossAccountBackupEnabled=true');

/** Takes the lock of a vault back, as long as that can be. */
export const takeLockCommand = (vault: Vault): Command =>
  ofVault('delete-backup-vault-lock-configuration', vault);

/** Locks a vault in governance mode. */
export const putLockCommand = (vault: Vault, { maxDays, minDays }: LockRange): Command => [
  ...ofVault('put-backup-vault-lock-configuration', vault),
  ...(minDays === undefined ? [] : ['--min-retention-days', String(minDays)]),
  ...(maxDays === undefined ? [] : ['--max-retention-days', String(maxDays)]),
];

/** Gives a vault an access policy. */
export const putVaultPolicyCommand = (vault: Vault, document: string): Command => [
  ...ofVault('put-backup-vault-access-policy', vault),
  ...['--policy', document],
];
