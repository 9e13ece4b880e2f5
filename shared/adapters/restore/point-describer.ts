import { type BackupDescription, DeleteTableCommand, DescribeBackupCommand } from '@aws-sdk/client-dynamodb';
import type { DescribedPoint, PointDescriber, Removal, TableRemover } from '../../ports/drill.ts';
import { type ClientOptions, createDynamoDBClient, createRestoreClient } from '../aws/clients.ts';
import { type FailedCall, failureOf } from '../aws/errors.ts';
import { readingOf, statedCount, statedList, statedText } from '../aws/reading.ts';
import { keysOf } from './table-shape.ts';

/** It is being made, changed or deleted, or too many tables are. */
const LATER: ReadonlySet<string> = new Set(['ResourceInUseException', 'LimitExceededException']);

const removalOf = ({ kind, name, failure }: FailedCall): Removal => {
  if (kind === 'not-found') return { kind: 'gone' };
  const isLater = kind !== 'refused' && kind !== 'access-denied';
  return { kind: isLater || LATER.has(name) ? 'later' : 'refused', failure };
};

/**
 * Creates what deletes the tables of drills. A call whose answer was lost is not repeated: what it did is looked at instead.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html (checked 2026-11-29)
 */
export const createTableRemover = (options: ClientOptions): TableRemover => {
  const client = createRestoreClient(options);
  return {
    remove: async (table) => {
      try {
        await client.send(new DeleteTableCommand({ TableName: table }));
        return { kind: 'asked' };
      } catch (error) {
        return removalOf(failureOf('DeleteTable', error));
      }
    },
  };
};

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
