import type { TableShape } from '../../model/table-settings.ts';

/** What AWS Backup is told of a restore, and says of a recovery point. */
export type Metadata = Readonly<Record<string, string>>;

const OURS = ['targettablename', 'encryptiontype', 'kmsmasterkeyarn'];

/** Reads a value by its key, in which capitals do not count. */
export const metadataValue = (metadata: Metadata, key: string): string | undefined =>
  Object.entries(metadata).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];

/** Reads how a table was encrypted; undefined where it is not said. `KMS` without a key is the key that AWS manages. */
export const recordedEncryption = (metadata: Metadata): TableShape['encryption'] | undefined => {
  const type = metadataValue(metadata, 'encryptionType')?.toLowerCase();
  const keyArn = metadataValue(metadata, 'kmsMasterKeyArn');
  if (type === 'default') return { kind: 'aws-owned' };
  if (type !== 'kms') return undefined;
  return keyArn === undefined || keyArn === ''
    ? { kind: 'kms', keyArn: 'alias/aws/dynamodb', isAwsManaged: true }
    : { kind: 'kms', keyArn };
};

const encryptionPart = (encryption: TableShape['encryption']): Metadata => {
  if (encryption.kind === 'aws-owned') return { encryptionType: 'Default' };
  const { keyArn, isAwsManaged } = encryption;
  return { encryptionType: 'KMS', ...(isAwsManaged !== true && { kmsMasterKeyArn: keyArn }) };
};

/**
 * Builds what a restore is told: all that AWS Backup says of the recovery point, with the name and the encryption of the table that is made.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html (checked 2026-11-28)
 */
export const restoreMetadata = (
  original: Metadata,
  targetTableName: string,
  encryption: TableShape['encryption'],
): Metadata => ({
  ...Object.fromEntries(Object.entries(original).filter(([key]) => !OURS.includes(key.toLowerCase()))),
  targetTableName,
  ...encryptionPart(encryption),
});
