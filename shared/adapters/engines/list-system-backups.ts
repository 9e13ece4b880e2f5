import { type BackupSummary, type DynamoDBClient, ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import { DAY_MS } from '../../model/instant.ts';
import type { SystemBackup } from '../../model/system-backup.ts';
import type { Listing } from '../../ports/inventory.ts';
import { incarnationOf } from '../aws/incarnation.ts';
import { readPages } from '../aws/paginate.ts';

/**
 * How long DynamoDB keeps what it made of a deleted table, in milliseconds, for an answer that does not say.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BackupDetails.html (checked 2026-11-22)
 */
const KEPT_MS = 35 * DAY_MS;

const toSystemBackup = (summary: BackupSummary): readonly SystemBackup[] => {
  const { BackupArn: id, BackupName: name, TableName: tableName, BackupType } = summary;
  const createdAt = summary.BackupCreationDateTime?.getTime();
  const tableId = incarnationOf(summary);
  if (BackupType !== 'SYSTEM' || !id || !name || !tableName || !tableId || createdAt === undefined) return [];
  const expiresAt = summary.BackupExpiryDateTime?.getTime() ?? createdAt + KEPT_MS;
  return [{ id, name, tableName, tableId, createdAt, expiresAt }];
};

/**
 * Given a table's name, returns the SYSTEM backups of every table that had it, in order of creation. At the edge none appears for some
 * seconds after a deletion, and none ever where point-in-time recovery was off.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html (checked 2026-11-22)
 */
export const listSystemBackups = async (
  dynamodb: DynamoDBClient,
  table: string,
): Promise<Listing<SystemBackup>> => {
  const listing = await readPages('ListBackups', async (token) => {
    const { BackupSummaries = [], LastEvaluatedBackupArn } = await dynamodb.send(
      new ListBackupsCommand({
        BackupType: 'SYSTEM',
        TableName: table,
        ...(token !== undefined && { ExclusiveStartBackupArn: token }),
      }),
    );
    return { items: BackupSummaries.flatMap(toSystemBackup), token: LastEvaluatedBackupArn };
  });
  const ofTable = listing.items.filter(({ tableName }) => tableName === table);
  return { ...listing, items: ofTable.toSorted((a, b) => a.createdAt - b.createdAt) };
};
