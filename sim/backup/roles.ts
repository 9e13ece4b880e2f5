import type { SimAccount } from '../account.ts';
import type { Demand } from '../demand.ts';
import type { JobMessage } from './jobs.ts';

/** The role that AWS Backup itself has in an account. */
export const linkedRoleArn = (accountId: string): string =>
  `arn:aws:iam::${accountId}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;

const LINKED_SERVICE = 'backup.amazonaws.com';

export const hasLinkedRole = ({ state }: SimAccount): boolean => state.linkedRoles.has(LINKED_SERVICE);

/** Whether AWS Backup can work under the role: it is there, and trusts it. */
export const isAssumable = (account: SimAccount, roleArn: string): boolean =>
  roleArn === linkedRoleArn(account.accountId)
    ? hasLinkedRole(account)
    : !account.state.backup.roles.has(roleArn);

const principalOfRole = (roleArn: string): string => {
  const [, accountId = '', name = ''] = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  return `arn:aws:sts::${accountId}:assumed-role/${name}/AWSBackup-AWSBackupService`;
};

/** The first thing that the role may not do, as the job's message; undefined when it may do all. */
export const refusalOfRole = (
  { state }: SimAccount,
  roleArn: string,
  demands: readonly Demand[],
): JobMessage | undefined => {
  for (const { action, resource } of demands) {
    const verdict = state.settings.authorize({ operation: action, resource, accessKeyId: roleArn });
    if (verdict === true) continue;
    const because =
      verdict === false ? `because no identity-based policy allows the ${action} action` : verdict.because;
    const text = `User: ${principalOfRole(roleArn)} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
    return { text, category: 'AccessDenied' };
  }
  return undefined;
};

/** What is wrong with the key of a vault, as the job's message; undefined when it can be used. */
export const refusalOfKey = ({ state }: SimAccount, keyArn: string | undefined): JobMessage | undefined => {
  const trouble = keyArn === undefined ? undefined : state.keys.get(keyArn);
  if (trouble === undefined) return undefined;
  const text =
    trouble === 'missing'
      ? 'Given key ID is not accessible. You must have DescribeKey permissions on the default CMK'
      : 'KMS key is either disabled or pending deletion or access to KMS key is denied';
  return { text, category: 'AccessDenied' };
};
