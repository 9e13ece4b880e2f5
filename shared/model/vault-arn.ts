import { partitionOf, type Target, targetOf } from './target.ts';

/** What a backup vault may be called. */
export const VAULT_NAME = /^[a-zA-Z0-9_-]{2,50}$/;

const VAULT_ARN =
  /^arn:(aws[a-z-]*):backup:([a-z]{2}[a-z0-9-]*-\d):(\d{12}):backup-vault:([a-zA-Z0-9_-]{2,50})$/;

/** One backup vault: its account and Region, and its name there. */
export interface Vault {
  readonly target: Target;
  readonly name: string;
}

/** Reads the ARN of a backup vault; undefined for anything that is not one to the letter. */
export const parseVaultArn = (arn: string): Vault | undefined => {
  const [, , region, accountId, name] = VAULT_ARN.exec(arn) ?? [];
  return region === undefined || accountId === undefined || name === undefined
    ? undefined
    : { target: targetOf(accountId, region, arn), name };
};

const OF_AWS_BACKUP = /^arn:[a-z-]+:backup:/;

/**
 * Whether AWS Backup keeps a recovery point itself, by the form of its ARN: only such a point carries tags, can be copied and moves to cold storage.
 * Others are backups that DynamoDB keeps for AWS Backup.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html (checked 2026-11-28)
 */
export const isKeptByAwsBackup = (recoveryPointArn: string): boolean => OF_AWS_BACKUP.test(recoveryPointArn);

/** Builds the ARN of a backup vault. */
export const vaultArn = ({ target, name }: Vault): string =>
  `arn:${partitionOf(target)}:backup:${target.region}:${target.accountId}:backup-vault:${name}`;
