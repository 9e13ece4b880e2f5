import { type BackupSummary, type DynamoDBClient, ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../../model/instant.ts';
import type { RecoveryPoint, RecoveryPointStatus } from '../../model/recovery-point.ts';
import type { Log } from '../../ports/log.ts';
import { incarnationOf } from '../aws/incarnation.ts';
import type { Page } from '../aws/paginate.ts';
import type { Sharer } from './sharer.ts';

/** Which backups to list: those of one table, or of all; those since an instant, or all. */
export interface BackupQuery {
  readonly table?: string;
  readonly since?: Instant;
}

/** What a page is read with. Hundreds of thousands of entries name few tables and slots, each over and over: `shared` keeps one of each. */
export interface BackupSource {
  readonly dynamodb: DynamoDBClient;
  readonly log: Log;
  readonly shared: Sharer;
}

const PAGE_SIZE = 100;

const STATUSES: Readonly<Record<string, RecoveryPointStatus>> = {
  AVAILABLE: 'available',
  CREATING: 'creating',
  DELETED: 'deleted',
};

/** What cannot be restored for certain is told as still being made: it keeps its place and counts for nothing. */
const toStatus = ({ BackupStatus, BackupArn }: BackupSummary, log: Log): RecoveryPointStatus => {
  const status = STATUSES[BackupStatus ?? 'none'];
  if (status === undefined)
    log.warn('a backup has a status this version does not know', { BackupArn, BackupStatus });
  return status ?? 'creating';
};

const toRecoveryPoint = (
  summary: BackupSummary,
  { log, shared }: BackupSource,
): RecoveryPoint | undefined => {
  const { BackupArn: id, BackupName: name, TableName: tableName, BackupCreationDateTime } = summary;
  const tableId = incarnationOf(summary);
  const createdAt = BackupCreationDateTime?.getTime();
  if (!id || !name || !tableName || tableId === undefined || createdAt === undefined) return undefined;
  return {
    id,
    name: shared(name),
    tableName: shared(tableName),
    tableId: shared(tableId),
    createdAt,
    status: toStatus(summary, log),
    sizeBytes: summary.BackupSizeBytes ?? 0,
  };
};

const toPage = (
  summaries: readonly BackupSummary[],
  token: string | undefined,
  source: BackupSource,
): Page<RecoveryPoint> => {
  const points = summaries.map((summary) => toRecoveryPoint(summary, source));
  const items = points.filter((point) => point !== undefined);
  const skipped = points.length - items.length;
  return {
    items,
    token,
    ...(skipped > 0 && { gap: `${skipped} of the entries lack a name, a table or a date` }),
  };
};

/**
 * Given a query and a token, returns one page of user-made backups. USER is asked for and looked for again, because not everything that
 * speaks this protocol filters. At the edge an entry that lacks what a recovery point needs is left out with a gap.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html (checked 2026-11-22)
 */
export const readBackupPage = async (
  source: BackupSource,
  { table, since }: BackupQuery,
  token: string | undefined,
): Promise<Page<RecoveryPoint>> => {
  const { BackupSummaries = [], LastEvaluatedBackupArn } = await source.dynamodb.send(
    new ListBackupsCommand({
      BackupType: 'USER',
      Limit: PAGE_SIZE,
      ...(table !== undefined && { TableName: table }),
      ...(since !== undefined && { TimeRangeLowerBound: new Date(since) }),
      ...(token !== undefined && { ExclusiveStartBackupArn: token }),
    }),
  );
  const madeByUsers = BackupSummaries.filter(({ BackupType }) => BackupType === 'USER');
  return toPage(madeByUsers, LastEvaluatedBackupArn, source);
};
