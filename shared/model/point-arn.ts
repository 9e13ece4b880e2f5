import { type Target, targetOf } from './target.ts';

const PLAIN = /^arn:[a-z-]+:dynamodb:([a-z0-9-]+):(\d{12}):table\/([a-zA-Z0-9_.-]+)\/backup\/[A-Za-z0-9_-]+$/;
const OF_AWS_BACKUP = /^arn:[a-z-]+:backup:([a-z0-9-]+):(\d{12}):recovery-point:[A-Za-z0-9_-]+$/;

/** What the ARN of a recovery point says. */
export interface PointArn {
  /** Where it is kept. */
  readonly target: Target;
  /** Absent where AWS Backup keeps it itself: its ARN names no table. */
  readonly table?: string;
}

/**
 * Reads the ARN of a recovery point in either form: that of DynamoDB's backups, which plain recovery points in vaults have as well, and that of AWS
 * Backup's own. Undefined for anything else.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html (checked 2026-11-28)
 */
export const parsePointArn = (arn: string): PointArn | undefined => {
  const [, region, accountId, table] = PLAIN.exec(arn) ?? OF_AWS_BACKUP.exec(arn) ?? [];
  if (region === undefined || accountId === undefined) return undefined;
  return { target: targetOf(accountId, region, arn), ...(table !== undefined && { table }) };
};
