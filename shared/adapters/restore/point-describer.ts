import { type BackupDescription, DescribeBackupCommand } from '@aws-sdk/client-dynamodb';
import type { DescribedPoint, PointDescriber } from '../../ports/drill.ts';
import { type ClientOptions, createDynamoDBClient } from '../aws/clients.ts';
import { readingOf, statedCount, statedList, statedText } from '../aws/reading.ts';
import { keysOf } from './table-shape.ts';

const namesIn = (indexes: readonly { readonly IndexName?: string | undefined }[] | undefined) =>
  (statedList(indexes) ?? []).flatMap(({ IndexName }) => statedText(IndexName) ?? []);

const toPoint = (backup: BackupDescription): DescribedPoint | string => {
  const { BackupDetails, SourceTableDetails, SourceTableFeatureDetails: features = {} } = backup;
  const status = statedText(BackupDetails?.BackupStatus);
  const keys = keysOf(SourceTableDetails?.KeySchema);
  if (status === undefined || keys.length === 0)
    return 'the answer lacks the status of the backup or the keys of its table';
  const sizeBytes = statedCount(BackupDetails?.BackupSizeBytes);
  return {
    isAvailable: status === 'AVAILABLE',
    ...(sizeBytes !== undefined && { sizeBytes }),
    shape: {
      keys,
      indexes: [...namesIn(features.GlobalSecondaryIndexes), ...namesIn(features.LocalSecondaryIndexes)],
    },
  };
};

/**
 * Creates what describes backups.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeBackup.html (checked 2026-11-29)
 */
export const createPointDescriber = (options: ClientOptions): PointDescriber => {
  const client = createDynamoDBClient(options);
  return {
    describe: (id) =>
      readingOf('DescribeBackup', async () => {
        const { BackupDescription = {} } = await client.send(new DescribeBackupCommand({ BackupArn: id }));
        return toPoint(BackupDescription);
      }),
  };
};
