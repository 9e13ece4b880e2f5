import { type BackupSummary, type DynamoDBClient, ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import { DAY_MS } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { SystemBackup } from '../../model/system-backup.ts';
import type { Target } from '../../model/target.ts';
import type { RecoveryPointQuery } from '../../ports/engine.ts';
import type { Listing } from '../../ports/inventory.ts';
import type { Log } from '../../ports/log.ts';
import { type Page, pageWithout, readPages } from '../aws/paginate.ts';
import { statedCount, statedInstant, statedList, statedText } from '../aws/reading.ts';
import { incarnationOf } from '../aws/table-arn.ts';
import { createOriginReader, createSharer, readBackupPage } from './backup-page.ts';

const inOrder = (a: RecoveryPoint, b: RecoveryPoint): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

/** Not everything that speaks this protocol respects the bounds of a query. */
const isAskedFor = (point: RecoveryPoint, { table, since }: RecoveryPointQuery): boolean =>
  (table === undefined || point.tableName === table) && (since === undefined || point.createdAt >= since);

/** What lists of backups are read with, and the account and Region that they are of. */
export interface BackupLister {
  readonly dynamodb: DynamoDBClient;
  readonly log: Log;
  readonly target: Target;
}

/**
 * Lists the user-made backups of a query, each with the origin that its name states, ordered by creation, then id: the service promises no
 * order across tables. `since` is inclusive, to the millisecond.
 */
export const listBackups = async (
  { dynamodb, log, target }: BackupLister,
  query: RecoveryPointQuery,
): Promise<Listing<RecoveryPoint>> => {
  const shared = createSharer();
  const reading = { dynamodb, log, shared, originOf: createOriginReader(), location: { target } };
  const listing = await readPages('ListBackups', (token) => readBackupPage(reading, query, token));
  const asked = listing.items.filter((point) => isAskedFor(point, query));
  const items = [...new Map(asked.map((point) => [point.id, point])).values()].toSorted(inOrder);
  return { ...listing, items };
};

/**
 * How long DynamoDB keeps the SYSTEM backup of a deleted table when the answer does not say, in
 * milliseconds.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BackupDetails.html (checked 2026-11-22)
 */
const KEPT_MS = 35 * DAY_MS;

const toSystemBackup = (summary: BackupSummary): SystemBackup | undefined => {
  const id = statedText(summary.BackupArn);
  const name = statedText(summary.BackupName);
  const tableName = statedText(summary.TableName);
  const tableId = incarnationOf(summary);
  const createdAt = statedInstant(summary.BackupCreationDateTime);
  if (!id || !name || !tableName || !tableId || createdAt === undefined) return undefined;
  const expiresAt = statedInstant(summary.BackupExpiryDateTime) ?? createdAt + KEPT_MS;
  const sizeBytes = statedCount(summary.BackupSizeBytes);
  return {
    id,
    name,
    tableName,
    tableId,
    createdAt,
    expiresAt,
    ...(sizeBytes !== undefined && { sizeBytes }),
  };
};

const toPage = (summaries: readonly BackupSummary[], token: unknown): Page<SystemBackup> => {
  const ofSystem = summaries.filter(({ BackupType }) => BackupType !== 'USER' && BackupType !== 'AWS_BACKUP');
  const items = ofSystem.map(toSystemBackup).filter((backup) => backup !== undefined);
  const skipped = ofSystem.length - items.length;
  return {
    items,
    token,
    ...(skipped > 0 && { gap: `${skipped} of the entries lack a name, a table or a date` }),
  };
};

/**
 * Lists the SYSTEM backups of every table that had the name, or of all tables without a name,
 * ordered by creation. One appears only seconds after a deletion, and never where point-in-time
 * recovery was off.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html (checked 2026-11-22)
 */
export const listSystemBackups = async (
  dynamodb: DynamoDBClient,
  table?: string,
): Promise<Listing<SystemBackup>> => {
  const listing = await readPages('ListBackups', async (token) => {
    const { BackupSummaries, LastEvaluatedBackupArn } = await dynamodb.send(
      new ListBackupsCommand({
        BackupType: 'SYSTEM',
        ...(table !== undefined && { TableName: table }),
        ...(token !== undefined && { ExclusiveStartBackupArn: token }),
      }),
    );
    const summaries = statedList(BackupSummaries);
    return summaries === undefined
      ? pageWithout('BackupSummaries')
      : toPage(summaries, LastEvaluatedBackupArn);
  });
  const ofTable = listing.items.filter(({ tableName }) => table === undefined || tableName === table);
  return { ...listing, items: ofTable.toSorted((a, b) => a.createdAt - b.createdAt) };
};
