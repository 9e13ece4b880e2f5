import type { VaultPlace } from '../../model/restore.ts';
import { partitionOf, type Target, tableArn } from '../../model/target.ts';

/** What a role has to be allowed, on each of the resources; on anything where none is given. */
export interface NeededRights {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

const pointArn = (target: Target): string =>
  `arn:${partitionOf(target)}:backup:${target.region}:${target.accountId}:recovery-point:any`;

/** A backup that DynamoDB keeps for AWS Backup: `any` table's. */
const plainArn = (target: Target): string => `${tableArn('any', target)}/backup/01489602797149-73d8d5bc`;

/**
 * Lists what a job that backs up a table, or copies what one made into the destinations, does under its role, and what AWS Backup does under it
 * when it deletes that. Keys are left out: what a key allows stands in its own policy as well. So is what only looks at a vault.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html (AWSBackupServiceRolePolicyForBackup, not verified)
 */
export const jobRights = (target: Target, destinations: readonly string[]): readonly NeededRights[] => [
  {
    actions: [
      'dynamodb:CreateBackup',
      'dynamodb:DescribeTable',
      'dynamodb:ListTagsOfResource',
      'dynamodb:StartAwsBackupJob',
    ],
    resources: [tableArn('any', target)],
  },
  { actions: ['dynamodb:DeleteBackup', 'dynamodb:DescribeBackup'], resources: [plainArn(target)] },
  { actions: ['backup:TagResource'], resources: [pointArn(target)] },
  ...(destinations.length === 0
    ? []
    : [
        { actions: ['backup:CopyIntoBackupVault'], resources: destinations },
        { actions: ['backup:CopyFromBackupVault'], resources: [] },
      ]),
];

/** What a restore writes with, into the table that it makes. */
const WRITES = [
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:DescribeTable',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:UpdateItem',
];

/** One restore: the table that it makes, and the recovery point, where they are known. */
export interface RestoredThing {
  readonly table?: string;
  readonly pointArn?: string;
}

const isPlain = (arn: string): boolean => arn.split(':')[2] === 'dynamodb';

/**
 * Lists what a job that restores does under its role. What is not known yet is asked of any table, and of recovery points of both forms.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html (checked 2026-11-28)
 */
export const restoreRights = (
  target: VaultPlace['target'],
  { pointArn: point, table = 'any' }: RestoredThing = {},
): readonly NeededRights[] => {
  const made = tableArn(table, target);
  const plain = point === undefined ? [plainArn(target)] : [point].filter(isPlain);
  const isAdvanced = point === undefined || !isPlain(point);
  return [
    {
      actions: [...WRITES, ...(isAdvanced ? ['dynamodb:RestoreTableFromAwsBackup'] : [])].toSorted(),
      resources: [made],
    },
    ...(plain.length === 0
      ? []
      : [
          { actions: ['dynamodb:RestoreTableFromBackup'], resources: [...plain, made] },
          { actions: ['dynamodb:DescribeBackup'], resources: plain },
        ]),
  ];
};
