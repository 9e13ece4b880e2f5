import type { SimAccount } from '../account.ts';
import { legalHoldArn, vaultArn } from '../arn.ts';
import type { Call } from '../call.ts';
import type { Demand } from '../demand.ts';
import { principalOf } from '../sts.ts';
import { policyVerdict } from './vault-policy.ts';

const textOf = ({ input }: Call, member: string): string | undefined => {
  const value = input[member];
  return typeof value === 'string' ? value : undefined;
};

/** Calls that name a table, which is not what they are allowed on. */
const ON_ANYTHING = new Set(['DescribeProtectedResource', 'ListRecoveryPointsByResource']);

/** The ARN that the caller must be allowed the call on: of the point, the vault or what bears the tags; `*` where it is of none. */
export const backupResource = (account: SimAccount, call: Call): string => {
  if (ON_ANYTHING.has(call.operation)) return '*';
  const point = textOf(call, 'RecoveryPointArn');
  if (point !== undefined) return point;
  const vault = textOf(call, 'BackupVaultName');
  if (vault !== undefined) return vaultArn(account, vault);
  const hold = textOf(call, 'LegalHoldId');
  if (hold !== undefined) return legalHoldArn(account, hold);
  return textOf(call, 'ResourceArn') ?? '*';
};

const KEY_ACTIONS = ['CreateGrant', 'Decrypt', 'DescribeKey', 'GenerateDataKey', 'RetireGrant'];

const vaultDemands = (call: Call): readonly Demand[] => {
  const key = textOf(call, 'EncryptionKeyArn');
  const mount = { action: 'backup-storage:MountCapsule', resource: '*' };
  if (key === undefined) return [mount];
  return [mount, ...KEY_ACTIONS.map((each) => ({ action: `kms:${each}`, resource: key }))];
};

/** What a caller must be allowed besides the call itself: to pass the role, the storage and key of a vault, and to read what it changes. */
export const backupDemands = (call: Call): readonly Demand[] => {
  const role = textOf(call, 'IamRoleArn');
  if (call.operation === 'CreateBackupVault') return vaultDemands(call);
  if (call.operation === 'UpdateRegionSettings') {
    return [{ action: 'backup:DescribeRegionSettings', resource: '*' }];
  }
  return role === undefined ? [] : [{ action: 'iam:PassRole', resource: role }];
};

/** What is subject to the access policy of the vault. */
const GOVERNED = new Set([
  'DeleteBackupVault',
  'DeleteBackupVaultAccessPolicy',
  'DeleteRecoveryPoint',
  'DescribeBackupVault',
  'DescribeRecoveryPoint',
  'GetBackupVaultAccessPolicy',
  'GetRecoveryPointRestoreMetadata',
  'ListRecoveryPointsByBackupVault',
  'PutBackupVaultAccessPolicy',
  'StartBackupJob',
  'StartCopyJob',
  'StartRestoreJob',
  'UpdateRecoveryPointLifecycle',
]);

const vaultNameOf = (account: SimAccount, call: Call): string | undefined =>
  textOf(call, 'BackupVaultName') ??
  textOf(call, 'SourceBackupVaultName') ??
  account.state.backup.points.find(textOf(call, 'RecoveryPointArn') ?? '')?.vaultName;

/** What the access policy of the vault says of a call; undefined where it says nothing. */
export const vaultVerdict = (
  account: SimAccount,
  call: Call,
): { readonly action: string; readonly effect: 'Allow' | 'Deny' } | undefined => {
  const name = GOVERNED.has(call.operation) ? vaultNameOf(account, call) : undefined;
  const vault = name === undefined ? undefined : account.state.backup.vaults.get(name);
  if (!vault) return undefined;
  const action = `backup:${call.operation}`;
  const arn = principalOf(account, call.caller.accessKeyId);
  const effect = policyVerdict(vault.policy, action, { arn, accountId: account.accountId });
  return effect && { action, effect };
};
