import type { SimAccount } from '../account.ts';
import { keyArn } from '../arn.ts';
import { type CopyJob, failed, type JobMessage } from './jobs.ts';
import { isInRange } from './lock-range.ts';
import type { RecoveryPoint } from './points.ts';
import { hasLinkedRole, isAssumable, linkedRoleArn, refusalOfKey, refusalOfRole } from './roles.ts';
import { policyVerdict } from './vault-policy.ts';
import type { Vault } from './vaults.ts';

const DAY_MS = 86_400_000;

/** Where a copy comes from and goes to. */
export interface Copying {
  readonly here: SimAccount;
  readonly there: SimAccount | undefined;
  readonly job: CopyJob;
  readonly point: RecoveryPoint;
  /** The vault it goes to, where it is there. */
  readonly vault: Vault | undefined;
}

/** Says why copies of a point are not possible at all; undefined when they are. */
export const impossibility = (point: RecoveryPoint, from: string, to: string): string | undefined => {
  const start = `Copy job from ${from} to ${to} cannot be initiated for DynamoDB resources.`;
  if (point.form === 'plain') return `${start} Feature is not supported for provided resource type.`;
  return point.storage === 'COLD' ? `${start} Recovery points in cold storage cannot be copied.` : undefined;
};

/** What AWS says of a vault that the copy may not go into, or that is not there. */
export const UNREACHABLE = 'Access Denied trying to call AWS Backup service';
const NO_KEY = 'Given key ID is not accessible. You must have DescribeKey permissions on the default CMK';

const isAcross = ({ here, there }: Copying): boolean => here.accountId !== there?.accountId;

const organizationRefusal = (copying: Copying): JobMessage | undefined => {
  const { here, there } = copying;
  if (!isAcross(copying)) return undefined;
  if (!here.state.organization.isMember || !there?.state.organization.isMember) {
    const text =
      'Copy job failed. Both source and destination account must be a member of the same organization';
    return failed(text, 'AccessDenied');
  }
  if (here.state.world.crossAccountBackup.isEnabled) return undefined;
  const text = 'Copy job failed. Cross-account copy feature is not enabled for the current organization.';
  return failed(text, 'AccessDenied');
};

const principalOf = ({ here, job }: Copying) => ({ arn: job.iamRoleArn, accountId: here.accountId });

/** A vault of one's own lets copies in unless its policy denies them, one of another account only where it allows them. */
const vaultRefusal = (copying: Copying): JobMessage | undefined => {
  const { vault } = copying;
  const verdict = policyVerdict(vault?.policy, 'backup:CopyIntoBackupVault', principalOf(copying));
  const isOpen = isAcross(copying) ? verdict === 'Allow' && vault?.name !== 'Default' : verdict !== 'Deny';
  return vault && isOpen ? undefined : failed(UNREACHABLE, 'AccessDenied');
};

const roleRefusal = (copying: Copying): JobMessage | undefined => {
  const { here, job, point, there } = copying;
  if (!isAssumable(here, job.iamRoleArn)) {
    return failed(`IAM Role ${job.iamRoleArn} cannot be assumed by AWS Backup`, 'AccessDenied');
  }
  const linked = linkedRoleArn(there?.accountId ?? '');
  if (isAcross(copying) && there && !hasLinkedRole(there)) {
    return failed(`The provided role ${linked} cannot be assumed by AWS Backup`, 'AccessDenied');
  }
  return refusalOfRole(here, job.iamRoleArn, [
    { action: 'backup:CopyFromBackupVault', resource: point.arn },
    { action: 'backup:CopyIntoBackupVault', resource: job.destinationVaultArn },
  ]);
};

/** The keys of both vaults, which both sides must be able to use. */
const keyRefusal = (copying: Copying): JobMessage | undefined => {
  const { here, job, point, there, vault } = copying;
  if (!there || !vault) return undefined;
  if (vault.hasDefaultKey && isAcross(copying) && !there.state.settings.defaultKeyTakesCopies) {
    const text =
      'Copy job failed because the destination Backup vault is encrypted with the default Backup service managed key. The contents of this vault cannot be copied.';
    return failed(text, 'INVALIDPARAMETERS');
  }
  const unusable = refusalOfKey(here, point.encryptionKeyArn) ?? refusalOfKey(there, vault.encryptionKeyArn);
  if (unusable) return unusable;
  const own = { action: 'kms:DescribeKey', resource: keyArn(here, 'aws-backup') };
  const theirs = ['kms:CreateGrant', 'kms:GenerateDataKey', 'kms:Decrypt'].map((action) => ({
    action,
    resource: vault.encryptionKeyArn,
  }));
  const isElsewhere = isAcross(copying) || here.region !== there.region;
  const denied =
    (isElsewhere ? refusalOfRole(here, job.iamRoleArn, [own]) : undefined) ??
    (vault.hasDefaultKey ? undefined : refusalOfRole(there, linkedRoleArn(there.accountId), theirs));
  return denied && failed(NO_KEY, 'AccessDenied');
};

const lockRefusal = ({ job, point, there, vault }: Copying, at: number): JobMessage | undefined => {
  const isFromArrival = there?.state.settings.lockCountsFrom === 'arrival';
  const age = isFromArrival ? (at - point.createdAt) / DAY_MS : 0;
  if (!vault || isInRange(vault, job.lifecycle, age)) return undefined;
  const text =
    'Copy job failed. The retention specified in the job is not within the range specified for the target Backup Vault.';
  return failed(text, 'INVALIDPARAMETERS');
};

/** Why a copy fails as it starts. */
export const copyRefusal = (copying: Copying, at: number): JobMessage | undefined => {
  const { here, point, there } = copying;
  const impossible = impossibility(point, here.region, there?.region ?? '');
  if (impossible !== undefined) return failed(impossible, 'INVALIDPARAMETERS');
  if (point.status !== 'ready') {
    const text = 'Copy job failed because source or destination recovery point is unavailable';
    return failed(text, 'INVALIDPARAMETERS');
  }
  return (
    organizationRefusal(copying) ??
    vaultRefusal(copying) ??
    roleRefusal(copying) ??
    keyRefusal(copying) ??
    lockRefusal(copying, at)
  );
};
