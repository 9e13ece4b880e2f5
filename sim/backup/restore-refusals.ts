import type { SSESpecification } from '@aws-sdk/client-dynamodb';
import type { SimAccount } from '../account.ts';
import { keyArn, tableArn } from '../arn.ts';
import { failed, type JobMessage, type RestoreJob } from './jobs.ts';
import type { RecoveryPoint } from './points.ts';
import { encryptionOf, metadataValue } from './restore-metadata.ts';
import { isAssumable, refusalOfKey, refusalOfRole } from './roles.ts';

/** What a restore does in its table with the rights of its role. */
const WRITES = [
  'BatchWriteItem',
  'DeleteItem',
  'DescribeTable',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
];

export const targetNameOf = ({ metadata }: RestoreJob): string =>
  metadataValue(metadata, 'targetTableName') ?? '';

const roleRefusal = (account: SimAccount, job: RestoreJob, point: RecoveryPoint): JobMessage | undefined => {
  if (!isAssumable(account, job.iamRoleArn)) {
    return failed(`IAM Role ${job.iamRoleArn} cannot be assumed by AWS Backup`, 'AccessDenied');
  }
  const target = tableArn(account, targetNameOf(job));
  const restore =
    point.form === 'plain'
      ? { action: 'dynamodb:RestoreTableFromBackup', resource: point.arn }
      : { action: 'dynamodb:RestoreTableFromAwsBackup', resource: target };
  const writes = WRITES.map((each) => ({ action: `dynamodb:${each}`, resource: target }));
  return refusalOfRole(account, job.iamRoleArn, [restore, ...writes]);
};

/** Whether the point's table was of another Region or account. */
const isForeign = ({ accountId, region }: SimAccount, { source }: RecoveryPoint): boolean => {
  const [, , , sourceRegion, sourceAccount] = source.tableArn.split(':');
  return sourceRegion !== region || sourceAccount !== accountId;
};

/** A key is of one Region; one of another account has to be shared, which nobody did here. */
const keyRefusal = (account: SimAccount, sse: SSESpecification | undefined): JobMessage | undefined => {
  const key = sse?.KMSMasterKeyId;
  if (!sse?.Enabled || key === undefined) return undefined;
  const arn = keyArn(account, key);
  const [, , , region, accountId] = arn.split(':');
  if (region === account.region && accountId === account.accountId) return refusalOfKey(account, arn);
  return failed(`KMS key ${key} is not accessible in ${account.region}`, 'AccessDenied');
};

/** What DynamoDB keeps for AWS Backup stays encrypted with the key that its table had then. */
const tableKeyOf = (account: SimAccount, { form, source }: RecoveryPoint): string | undefined => {
  const { sse } = source.definition;
  return form === 'plain' && sse?.Enabled && sse.KMSMasterKeyId !== undefined
    ? keyArn(account, sse.KMSMasterKeyId)
    : undefined;
};

/** What the restored table is encrypted with. */
export const restoredEncryption = (
  { state }: SimAccount,
  job: RestoreJob,
  point: RecoveryPoint,
): SSESpecification | undefined => {
  const asked = encryptionOf(job.metadata);
  if (asked) return asked;
  return state.settings.restoredKey === 'source' ? point.source.definition.sse : { Enabled: false };
};

/** Why a restore fails as it starts. */
export const restoreRefusal = (
  account: SimAccount,
  job: RestoreJob,
  point: RecoveryPoint,
  copiesTags: boolean,
): JobMessage | undefined => {
  if (copiesTags) {
    return failed(
      'CopySourceTagsToRestoredResource is not supported for DynamoDB resources.',
      'INVALIDPARAMETERS',
    );
  }
  const name = targetNameOf(job);
  if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(name)) {
    return failed(`Invalid table name: ${name}`, 'INVALIDPARAMETERS');
  }
  if (account.state.tables.get(name)) return failed(`Table already exists: ${name}`, 'INVALIDPARAMETERS');
  if (encryptionOf(job.metadata) === undefined && isForeign(account, point)) {
    const text = 'Invalid Request: sseSpecificationOverride must be provided for cross-region restores';
    return failed(text, 'INVALIDPARAMETERS');
  }
  return (
    roleRefusal(account, job, point) ??
    refusalOfKey(account, point.encryptionKeyArn ?? tableKeyOf(account, point)) ??
    keyRefusal(account, restoredEncryption(account, job, point))
  );
};
