import type { SSESpecification } from '@aws-sdk/client-dynamodb';
import { keyArn } from '../arn.ts';
import type { RecoveryPoint } from './points.ts';

/** What a restore is told, as AWS calls it. */
export type Metadata = Readonly<Record<string, string>>;

/** A value by its key, of which capitals do not matter. */
export const metadataValue = (metadata: Metadata, key: string): string | undefined =>
  Object.entries(metadata).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];

/** The settings that a restore would have as they were when the point was made. */
export const originalMetadata = ({ arn, source }: RecoveryPoint): Metadata => {
  const { sse } = source.definition;
  const [, , , region = '', accountId = ''] = source.tableArn.split(':');
  const key = sse?.KMSMasterKeyId;
  return {
    targetTableName: source.tableName,
    encryptionType: sse?.Enabled ? 'KMS' : 'Default',
    ...(sse?.Enabled && key !== undefined ? { kmsMasterKeyArn: keyArn({ accountId, region }, key) } : {}),
    'aws:backup:request-id': arn.split(/[:/]/).at(-1) ?? '',
  };
};

/** The encryption that is asked for; undefined where nothing is. `KMS` without a key is the one that AWS manages. */
export const encryptionOf = (metadata: Metadata): SSESpecification | undefined => {
  const type = metadataValue(metadata, 'encryptionType');
  const key = metadataValue(metadata, 'kmsMasterKeyArn');
  if (type === undefined) return undefined;
  if (type.toUpperCase() !== 'KMS') return { Enabled: false };
  return { Enabled: true, SSEType: 'KMS', ...(key ? { KMSMasterKeyId: key } : {}) };
};
